/** The response of `GET /models`: what this API can do. Every control of the page follows from it. */
import { type Parameter, type ParameterRules } from '../../private/contract/models';

export interface BooleanParameter {
  readonly type: 'boolean';
  readonly required?: true;
  readonly default?: boolean;
}

/** The type and limits of a request field. */
export type FieldParameter = Parameter | BooleanParameter;

export interface ModelLifecycleView {
  readonly status: 'active' | 'legacy' | 'ended';
  readonly legacySince?: string;
  /** Date (ISO, UTC). */
  readonly endOfLife?: string;
  readonly replacement?: string;
}

/** What models and edits have in common. */
export interface Target {
  readonly id: string;
  readonly name?: string;
  /** Price of one image in US dollars. Absent if it is not known. */
  readonly priceUsd?: number;
  readonly region: string;
  readonly lifecycle: ModelLifecycleView;
  /** Typical duration of a request in seconds. Absent in older versions of the API. */
  readonly typicalSeconds?: number;
  /** Parameters by request field. The API rejects fields that are absent here. */
  readonly parameters: Readonly<Record<string, FieldParameter>>;
  readonly rules?: ParameterRules;
}

export interface Model extends Target {
  readonly alias?: string;
  readonly provider?: string;
  /** Whether the model is used by requests without `model`. */
  readonly default: boolean;
  readonly imagesPerCall: number;
}

export interface Edit extends Target {
  readonly operation: string;
}

export interface TextModelView {
  readonly id: string;
  readonly name?: string;
  readonly provider?: string;
  readonly region: string;
  readonly priceUsdPerMillionTokens?: { readonly input: number; readonly output: number };
  readonly lifecycle: ModelLifecycleView;
  readonly parameters: Readonly<Record<string, FieldParameter>>;
}

export interface Budget {
  /** What the caller can still spend today, in US dollars. */
  readonly remainingUsd: number;
  /** Time at which the next day begins. */
  readonly resetsAt: string;
  /** Budget of a day in US dollars. Absent in older versions of the API. */
  readonly limitUsd?: number;
}

export interface Capabilities {
  readonly models: readonly Model[];
  /** Absent if the API has no edits. */
  readonly edits?: readonly Edit[];
  /** Absent if the API has no text model. */
  readonly text?: TextModelView;
  /** Absent if the API has no daily budget. */
  readonly budget?: Budget;
}

/** Returns the model of an id or alias, or the default model. */
export function findModel({ models }: Capabilities, name: string | undefined): Model {
  return models.find(({ id, alias }) => name !== undefined && (id === name || alias === name)) ?? models.find((model) => model.default) ?? models[0];
}

/** Returns the label of a model or edit. */
export function labelOf({ name, id }: Target): string {
  return name ?? id;
}
