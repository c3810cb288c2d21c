import { Token } from 'aws-cdk-lib';
import { FoundationModelAccess, InferenceProfileAccess, type ModelAccess } from './access';
import { textModelProblem } from './id-validation';
import { baseModelId, destinations, profileRegionProblem, validDestinations } from './profile-ids';
import { type TextInferenceProfileOptions, type TextModelOptions } from '../../text-model-options';
import { type ConfiguredTextModel } from '../contract/configuration';
import { textModel, type TokenPrice } from '../contract/models';
import { ANY_REGION, type InferenceProfile, NOVA_2_LITE_PROFILES, profileFor } from '../contract/models/inference-profiles';
import { region as regionType } from '../validation/regions';
import { checkArguments, listOf, optionsOf, price, text } from '../validation/value-types';

/** How a text model is called from one region. */
export interface ResolvedTextModel {
  readonly configuration: ConfiguredTextModel;
  readonly access: ModelAccess;
}

/** Resolves a text model for the Region of a stack, or returns why the model cannot be called from there. */
export type ResolveText = (stackRegion: string) => ResolvedTextModel | string;

const NOVA_2_LITE = 'amazon.nova-2-lite-v1:0';

/** Resolves Nova 2 Lite to the most local of its inference profiles. It cannot be called by its id. */
export function novaTwoLite(stackRegion: string): ResolvedTextModel | string {
  const region = Token.isUnresolved(stackRegion) ? undefined : stackRegion;
  const profile = region === undefined ? undefined : profileFor(NOVA_2_LITE_PROFILES, region);
  if (profile !== undefined && region !== undefined) return profileCall(profile.id, region, profile.sources[region]);
  const cause = region === undefined ? 'that Region is not known at synthesis; set it in the env of the stack, or' : `there is none for it in ${region};`;
  return 'TextModel.NOVA_2_LITE is called through an inference profile of the Region of the stack, and '
    + `${cause} choose where prompts go, for example TextModel.inferenceProfile('eu.${NOVA_2_LITE}', { region: 'eu-central-1' })`;
}

/** Resolves a model that is called by its id. */
export function directText(modelId: string, region: string | undefined, stackRegion: string): ResolvedTextModel | string {
  const known = textModel(modelId);
  // an explicit region is accepted, because AWS may have added it
  if (known !== undefined && region === undefined) {
    if (known.regions.length === 0) return `'${modelId}' can be called through inference profiles only; write TextModel.NOVA_2_LITE`;
    if (!Token.isUnresolved(stackRegion) && !known.regions.includes(stackRegion)) {
      return `'${modelId}' cannot be called by its id in ${stackRegion}, only in ${known.regions.join(', ')}; give one of them as 'region', or `
        + `write TextModel.inferenceProfile('<prefix>.${modelId}', { destinationRegions }), with the prefix of your geography`;
    }
  }
  return { configuration: { id: modelId, region: region ?? stackRegion }, access: new FoundationModelAccess(modelId, region ?? stackRegion) };
}

const PRICES = { pricePerMillionInputTokensUsd: price, pricePerMillionOutputTokensUsd: price };
const OPTIONS = optionsOf({ region: regionType, ...PRICES });
const PROFILE_OPTIONS = optionsOf({ region: regionType, destinationRegions: listOf(regionType, 'Regions'), ...PRICES });

type TextPrices = Pick<TextModelOptions, 'pricePerMillionInputTokensUsd' | 'pricePerMillionOutputTokensUsd'>;

/** Returns the price that the options set, if they do. */
export function tokenPriceOf({ pricePerMillionInputTokensUsd: input, pricePerMillionOutputTokensUsd: output }: TextPrices): TokenPrice | undefined {
  return input === undefined || output === undefined ? undefined : { input, output };
}

function priceProblems(options: TextPrices | undefined): string[] {
  const set = [options?.pricePerMillionInputTokensUsd, options?.pricePerMillionOutputTokensUsd].filter((value) => value !== undefined).length;
  return set === 1 ? ["'pricePerMillionInputTokensUsd' and 'pricePerMillionOutputTokensUsd' must be set together"] : [];
}

/** Throws if the id does not name a text model. */
export function checkTextModel(modelId: string, options: TextModelOptions = {}): void {
  checkArguments('TextModel.of()', text('modelId', modelId), OPTIONS('', options), priceProblems(options));
  const problem = textModelProblem(modelId);
  if (problem !== undefined) throw new Error(problem);
}

/** Throws if the id does not name an inference profile, or if its destination Regions are not known. */
export function checkTextProfile(profileId: string, options: TextInferenceProfileOptions): void {
  checkArguments('TextModel.inferenceProfile()', text('profileId', profileId), PROFILE_OPTIONS('', options), priceProblems(options));
  const { destinationRegions, region } = options;
  const mismatch = profileRegionProblem(profileId, region, destinationRegions);
  if (mismatch !== undefined) throw new Error(mismatch);
  checkTextModel(baseModelId(profileId));
  if (NOVA_2_LITE_PROFILES.some(({ id }) => id === profileId)) validDestinations(destinationRegions);
  else destinations(profileId, destinationRegions);
}

/** Resolves a model that is called through an inference profile. */
export function profileText(profileId: string, options: TextInferenceProfileOptions, stackRegion: string): ResolvedTextModel | string {
  const region = options.region ?? stackRegion;
  const given = validDestinations(options.destinationRegions);
  if (given !== undefined) return profileCall(profileId, region, given);
  const known = NOVA_2_LITE_PROFILES.find(({ id }) => id === profileId);
  if (known !== undefined) return knownProfileText(known, region);
  return profileCall(profileId, region, [ANY_REGION]);
}

function knownProfileText({ id, sources }: InferenceProfile, region: string): ResolvedTextModel | string {
  if (Token.isUnresolved(region)) return `'${id}' needs the 'region' where it is called, as that of the stack is not known at synthesis`;
  if (region in sources) return profileCall(id, region, sources[region]);
  return `'${id}' cannot be called in ${region}, only in ${Object.keys(sources).sort().join(', ')}; give one of them as 'region', `
    + "or, where AWS has added yours, the 'destinationRegions' as well";
}

function profileCall(profileId: string, region: string, destinationRegions: readonly string[]): ResolvedTextModel {
  return {
    configuration: { id: baseModelId(profileId), region, call: profileId },
    access: new InferenceProfileAccess([profileId], destinationRegions, region),
  };
}
