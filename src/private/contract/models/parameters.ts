/** Model parameters. `GET /models` returns them in this format, from which clients can build an input form. */

interface Common {
  /** Whether the model requires the parameter. */
  readonly required?: true;
}

export interface TextParameter extends Common {
  readonly type: 'text';
  /** Length in Unicode code points. */
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

/** `width` and `height` of a model that accepts sizes in pixels. */
export interface SizeParameter {
  readonly type: 'size';
  /** Allowed sizes, such as `1024x768`. Default: all sizes within the limits. */
  readonly values?: readonly string[];
  /** Limits of width and height, in pixels. */
  readonly minimum: number;
  readonly maximum: number;
  readonly multipleOf: number;
  readonly maxPixels?: number;
  /** Maximum ratio of the longer to the shorter side. */
  readonly maxRatio?: number;
  readonly default: string;
}

/** An input image. */
export interface ImageParameter extends Common {
  readonly type: 'image';
  readonly formats: readonly string[];
  /** Minimum width and height, in pixels. */
  readonly minSide: number;
  readonly maxSide?: number;
  readonly minPixels?: number;
  readonly maxPixels?: number;
  readonly maxRatio?: number;
}

/** A list of strings. */
export interface TextsParameter extends Common {
  readonly type: 'texts';
  readonly maxItems: number;
}

export type Parameter = TextParameter | TextsParameter | ChoiceParameter | NumberParameter | SizeParameter | ImageParameter;

/** Parameters by request field. The API rejects fields that are absent here. */
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

/** Dependencies between the parameters of a model. */
export interface ParameterRules {
  /** Parameters of which at least one must be greater than 0. */
  readonly oneOf?: readonly ParameterName[];
  /** Parameters that require other parameters. */
  readonly needs?: Readonly<Partial<Record<ParameterName, readonly ParameterName[]>>>;
  /** Parameters that exclude other parameters. */
  readonly excludes?: Readonly<Partial<Record<ParameterName, readonly ParameterName[]>>>;
}
