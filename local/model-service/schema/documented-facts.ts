import * as fs from 'node:fs';
import * as path from 'node:path';

/** The documented constraints of a parameter. */
export interface ParameterFact {
  readonly type: 'string' | 'int' | 'float' | 'enum' | 'base64' | 'string[]';
  /** Minimum of a number, or minimum length of a text. */
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  readonly required?: boolean;
  readonly default?: string | number | null;
  readonly multipleOf?: number;
  /** Accepted formats of an image. */
  readonly formats?: readonly string[];
  readonly minSidePx?: number;
  readonly maxSidePx?: number;
  readonly minPixels?: number;
  readonly maxPixels?: number;
  /** Range of the aspect ratio of an image, for example `1:2.5..2.5:1`. */
  readonly aspect?: string;
  readonly maxItems?: number;
}

export type ParameterFacts = Readonly<Record<string, ParameterFact>>;

/** The documented facts about a model: one entry of `models.json`. */
export interface ModelFact {
  readonly modelId: string;
  readonly status: string;
  readonly inferenceProfiles: readonly string[];
  readonly regions: readonly string[];
  /** Regions where the model id works without an inference profile, if not in all `regions`. */
  readonly onDemandRegions?: readonly string[];
  readonly profileSourceToDestinations?: Readonly<Record<string, ProfileSources>>;
  readonly invocation: { readonly onDemandDirect: boolean; readonly converse: boolean };
  /** Schema of the model's family. `null` for models that are not image or text models. */
  readonly requestSchema: string | null;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
  readonly maxOutputTokens?: number | string;
}

/** Returns the top-level parameters of a request body, without the notes in `models.json`. */
export function parameterFactsOf(model: ModelFact): ParameterFacts {
  return Object.fromEntries(Object.entries(model.request).filter(([name]) => !name.startsWith('_'))) as ParameterFacts;
}

type ProfileSources = Readonly<Record<string, readonly string[]>> | { readonly sources: readonly string[]; readonly destinations: string };

export const MODEL_FACTS = JSON.parse(fs.readFileSync(path.join(__dirname, '../models.json'), 'utf8')) as readonly ModelFact[];

/** Returns the Regions from which an inference profile can be called. */
export function profileSourceRegions(model: ModelFact, profileId: string): readonly string[] {
  const prefix = profileId.slice(0, -model.modelId.length - 1);
  const sources = model.profileSourceToDestinations?.[prefix];
  if (sources === undefined) return model.regions;
  return isList(sources) ? sources.sources : Object.keys(sources);
}

function isList(sources: ProfileSources): sources is { readonly sources: readonly string[]; readonly destinations: string } {
  return Array.isArray(sources.sources);
}
