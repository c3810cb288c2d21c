import { Token } from 'aws-cdk-lib';
import { PROFILE_PREFIX } from './id-validation';
import { ANY_REGION } from '../contract/models/inference-profiles';
import { unknownLength } from '../validation/rules';

/** A prefix, known or unknown, before provider and model. */
const PROFILE_ID = /^[a-z]+(-[a-z]+)?\.([a-z0-9-]+\.[a-z].*)$/;

/** Returns the id of the model behind an inference profile. */
export function baseModelId(profileId: string): string {
  const base = Token.isUnresolved(profileId) ? undefined : PROFILE_ID.exec(profileId)?.[2];
  if (base !== undefined && PROFILE_PREFIX.test(base)) throw new Error(`'profileId' must have one prefix, got '${profileId}'; write '${base}'`);
  if (base !== undefined) return base;
  const given = Token.isUnresolved(profileId) ? 'a value only known at deployment' : `'${profileId}'`;
  throw new Error(`'profileId' must be a prefix and the ID of a model, like 'us.amazon.nova-2-omni-v1:0', got ${given}`);
}

function prefixOf(profileId: string): string {
  return profileId.slice(0, profileId.indexOf('.'));
}

function isGlobal(profileId: string): boolean {
  return prefixOf(profileId) === 'global';
}

/** Returns the destination Regions of a profile: the given ones, or any Region for a global profile. */
export function destinations(profileId: string, given: readonly string[] | undefined): readonly string[] {
  const found = validDestinations(given) ?? (isGlobal(profileId) ? [ANY_REGION] : undefined);
  if (found !== undefined) return found;
  throw new Error(`'destinationRegions' must contain the Regions that '${profileId}' sends requests to; the model's page in the Bedrock user guide lists them`);
}

/**
 * Beginnings of the Regions that a geography can contain, with the Regions from which its profiles can be called. They are generous, because
 * AWS adds Regions.
 */
const GEOGRAPHIES: Readonly<Record<string, readonly string[]>> = {
  'us': ['us-', 'ca-', 'mx-', 'sa-'],
  'us-gov': ['us-gov-'],
  'ca': ['ca-'],
  'eu': ['eu-', 'il-', 'me-', 'af-'],
  'apac': ['ap-', 'me-'],
  'jp': ['ap-northeast-'],
  'au': ['ap-southeast-'],
};

/** Returns the problem of a profile, for models or for guardrails, whose prefix and Regions disagree. */
export function profileRegionProblem(profileId: string, source: string | undefined, given: readonly string[] | undefined): string | undefined {
  if (Token.isUnresolved(profileId)) return undefined;
  const prefix = prefixOf(profileId);
  const beginnings = GEOGRAPHIES[prefix];
  if (beginnings === undefined || Token.isUnresolved(given)) return undefined;
  const isForeign = (region: string) => !Token.isUnresolved(region)
    && (!beginnings.some((each) => region.startsWith(each)) || (region.startsWith('us-gov-') && prefix !== 'us-gov'));
  const belongs = `profiles with the prefix '${prefix}.' connect Regions that begin with ${beginnings.join(' or ')}`;
  if (source !== undefined && isForeign(source)) {
    return `the profile '${profileId}' cannot be called in '${source}': ${belongs}; use the profile of that Region, or another 'region'`;
  }
  const foreign = (given ?? []).filter(isForeign);
  if (foreign.length === 0) return undefined;
  return `'destinationRegions' of the profile '${profileId}' must not contain ${foreign.map((region) => `'${region}'`).join(', ')}: ${belongs}; `
    + 'copy the destination Regions of this profile from its page in the Bedrock user guide';
}

/** Validates the given destination Regions. */
export function validDestinations(given: readonly string[] | undefined): readonly string[] | undefined {
  if (given === undefined) return undefined;
  if (Token.isUnresolved(given)) throw new Error(unknownLength('destinationRegions'));
  if (given.length === 0) throw new Error("'destinationRegions' must contain at least one Region");
  return given;
}
