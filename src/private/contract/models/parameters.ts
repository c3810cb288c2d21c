/** What a model takes, in a form from which clients can build an input form: GET /models hands it out as it is. */

interface Common {
  /** The model draws nothing without it. */
  readonly required?: true;
}

export interface TextParameter extends Common {
  readonly type: 'text';
  /** In characters, an emoji counting as one. */
  readonly minLength: number;
  readonly maxLength: number;
}

export interface ChoiceParameter extends Common {
  readonly type: 'choice';
  readonly values: readonly string[];
  readonly default?: string;
}

export interface NumberParameter extends Common {
  readonly type: 'integer' | 'number';
  readonly minimum: number;
  readonly maximum: number;
  readonly default?: number;
}

/** `width` and `height` together, of a model that takes pixels. */
export interface SizeParameter {
  readonly type: 'size';
  /** Each as `1024x768`; absent: all within the limits. */
  readonly values?: readonly string[];
  /** Limits of each side. */
  readonly minimum: number;
  readonly maximum: number;
  readonly multipleOf: number;
  readonly maxPixels?: number;
  /** The longer side is at most so many times the shorter. */
  readonly maxRatio?: number;
  readonly default: string;
}

/** A picture as input. */
export interface ImageParameter extends Common {
  readonly type: 'image';
  readonly formats: readonly string[];
  /** Pixels. */
  readonly minSide: number;
  readonly maxSide?: number;
  readonly minPixels?: number;
  readonly maxPixels?: number;
  readonly maxRatio?: number;
}

/** A list of texts. */
export interface TextsParameter extends Common {
  readonly type: 'texts';
  readonly maxItems: number;
}

export type Parameter = TextParameter | TextsParameter | ChoiceParameter | NumberParameter | SizeParameter | ImageParameter;

/** By the names of the contract. What is absent cannot be honoured by the model and is refused. */
export interface ModelParameters {
  readonly prompt?: TextParameter;
  readonly negativePrompt?: TextParameter;
  readonly aspectRatio?: ChoiceParameter;
  readonly size?: SizeParameter;
  readonly seed?: NumberParameter;
  readonly style?: ChoiceParameter;
  readonly cfgScale?: NumberParameter;
  readonly steps?: NumberParameter;
  readonly quality?: ChoiceParameter;
  readonly image?: ImageParameter;
  readonly strength?: NumberParameter;
  readonly mask?: ImageParameter;
  readonly styleImage?: ImageParameter;
  readonly searchPrompt?: TextParameter;
  readonly selectPrompt?: TextParameter;
  readonly growMask?: NumberParameter;
  readonly left?: NumberParameter;
  readonly right?: NumberParameter;
  readonly up?: NumberParameter;
  readonly down?: NumberParameter;
  readonly creativity?: NumberParameter;
  readonly controlStrength?: NumberParameter;
  readonly fidelity?: NumberParameter;
  readonly compositionFidelity?: NumberParameter;
  readonly styleStrength?: NumberParameter;
  readonly changeStrength?: NumberParameter;
  readonly outputFormat: ChoiceParameter;
}

export type ParameterName = keyof ModelParameters;

/** What holds between the parameters of one model. */
export interface ParameterRules {
  /** At least one of them is more than 0. */
  readonly oneOf?: readonly ParameterName[];
  /** A parameter and those that must come with it. */
  readonly needs?: Readonly<Partial<Record<ParameterName, readonly ParameterName[]>>>;
  /** A parameter and those that must not come with it. */
  readonly excludes?: Readonly<Partial<Record<ParameterName, readonly ParameterName[]>>>;
}
