import * as fs from 'node:fs';
import * as path from 'node:path';

/** What a model takes for one parameter. */
export interface ParameterFact {
  readonly type: 'string' | 'int' | 'float' | 'enum' | 'base64' | 'string[]';
  /** Of a number its lowest value, of a text its shortest length. */
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  readonly required?: boolean;
  readonly default?: string | number | null;
  readonly multipleOf?: number;
  /** Of an image: the accepted formats, its sides, its pixels, and its shape from tallest to widest, such as `1:2.5..2.5:1`. */
  readonly formats?: readonly string[];
  readonly minSidePx?: number;
  readonly maxSidePx?: number;
  readonly minPixels?: number;
  readonly maxPixels?: number;
  readonly aspect?: string;
  readonly maxItems?: number;
}

export type ParameterFacts = Readonly<Record<string, ParameterFact>>;

/** What is known about a model; one row of `models.json`. */
export interface ModelFact {
  readonly modelId: string;
  readonly status: string;
  readonly inferenceProfiles: readonly string[];
  readonly regions: readonly string[];
  /** Where the bare id works, if that is not everywhere in `regions`. */
  readonly onDemandRegions?: readonly string[];
  readonly profileSourceToDestinations?: Readonly<Record<string, ProfileSources>>;
  readonly invocation: { readonly onDemandDirect: boolean; readonly converse: boolean };
  /** Names the family that plays the model; `null` for what is no image or text model. */
  readonly requestSchema: string | null;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
  readonly maxOutputTokens?: number | string;
}

/** The parameters that a model takes at the top of its body, without the remarks that stand between them. */
export function parameterFacts(model: ModelFact): ParameterFacts {
  return Object.fromEntries(Object.entries(model.request).filter(([name]) => !name.startsWith('_'))) as ParameterFacts;
}

type ProfileSources = Readonly<Record<string, readonly string[]>> | { readonly sources: readonly string[]; readonly destinations: string };

export const MODEL_FACTS = JSON.parse(fs.readFileSync(path.join(__dirname, '../models.json'), 'utf8')) as readonly ModelFact[];

/** The regions from which an inference profile, such as `us.` of a model, can be called. */
export function profileSourceRegions(model: ModelFact, profileId: string): readonly string[] {
  const prefix = profileId.slice(0, -model.modelId.length - 1);
  const sources = model.profileSourceToDestinations?.[prefix];
  if (sources === undefined) return model.regions;
  return isList(sources) ? sources.sources : Object.keys(sources);
}

function isList(sources: ProfileSources): sources is { readonly sources: readonly string[]; readonly destinations: string } {
  return Array.isArray(sources.sources);
}
