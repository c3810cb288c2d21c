import { Token } from 'aws-cdk-lib';
import { ANY_REGION } from '../contract/models/inference-profiles';

/** A prefix, known or unknown, before provider and model. */
const PROFILE_ID = /^[a-z]+(-[a-z]+)?\.([a-z0-9-]+\.[a-z].*)$/;

/** Returns the id of the model behind an inference profile. */
export function baseModelId(profileId: string): string {
  const base = Token.isUnresolved(profileId) ? undefined : PROFILE_ID.exec(profileId)?.[2];
  if (base !== undefined) return base;
  const given = Token.isUnresolved(profileId) ? 'a value only known at deployment' : `'${profileId}'`;
  throw new Error(`the ID of an inference profile must be a prefix and the ID of a model, like 'us.amazon.nova-2-omni-v1:0', got ${given}`);
}

function isGlobal(profileId: string): boolean {
  return profileId.startsWith('global.');
}

/** Returns the destination regions of a profile: the given ones, or any region for a global profile. */
export function destinations(profileId: string, given: readonly string[] | undefined): readonly string[] {
  const found = validDestinations(given) ?? (isGlobal(profileId) ? [ANY_REGION] : undefined);
  if (found !== undefined) return found;
  throw new Error(`'destinationRegions' must contain the Regions that '${profileId}' sends requests to; the model's page in the Bedrock user guide lists them`);
}

/** Validates the given destination regions. */
export function validDestinations(given: readonly string[] | undefined): readonly string[] | undefined {
  if (given === undefined) return undefined;
  if (Token.isUnresolved(given)) throw new Error("'destinationRegions' must be a list whose length is known at synthesis; pass tokens as items of the list");
  if (given.length === 0) throw new Error("'destinationRegions' must contain at least one Region");
  return given;
}
