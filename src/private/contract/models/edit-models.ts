import { type ImageParameter, type ModelParameters, type ParameterRules } from './parameters';
import { ASPECT_RATIO, IMAGE, IMAGE_FORMATS, OUTPUT_FORMAT, PROMPT, range, REQUIRED_PROMPT, SEED, STYLE, whole } from './stability';

/** An edit operation and its Stability AI Image Service. */
export interface EditModel {
  /** Value of `operation` in requests. */
  readonly operation: string;
  /** Model id in Amazon Bedrock. It is invoked through its `us.` inference profile. */
  readonly id: string;
  readonly name: string;
  /** Price of one image in US dollars. */
  readonly priceUsd: number;
  readonly parameters: ModelParameters;
  readonly rules?: ParameterRules;
}

/** Source and destination Regions of the `us.` inference profiles. */
export const EDIT_REGIONS = ['us-east-1', 'us-east-2', 'us-west-2'] as const;

/** Region in which edits are invoked if the stack is in none of `EDIT_REGIONS`. */
export const DEFAULT_EDIT_REGION = 'us-west-2';

/** Returns the id of the inference profile of an edit model. */
export const editProfile = (id: string): string => `us.${id}`;

const SOURCE: ImageParameter = { ...IMAGE, required: true };
/** At most one megapixel, any aspect ratio. */
const SMALL_SOURCE: ImageParameter = { type: 'image', formats: IMAGE_FORMATS, minSide: 64, maxPixels: 1_048_576, required: true };
/** White is edited and black is kept. Without a mask, the transparent area of the image is edited. */
const MASK: ImageParameter = { ...IMAGE, minSide: 1 };
const OUTPUT: ModelParameters = { seed: SEED, outputFormat: OUTPUT_FORMAT };
const PROMPTED: ModelParameters = { ...OUTPUT, prompt: REQUIRED_PROMPT, negativePrompt: PROMPT, image: SOURCE, style: STYLE };
const GROW_MASK = whole(0, 20, 5);
const OUTPAINT_SIDE = whole(0, 2000);

/** Parameters and prices are from the AWS pages on Stability AI Image Services, as of 2026-11-21. */
export const EDIT_MODELS: readonly EditModel[] = [
  {
    operation: 'inpaint',
    id: 'stability.stable-image-inpaint-v1:0',
    name: 'Stable Image Inpaint',
    priceUsd: 0.07,
    parameters: { ...PROMPTED, mask: MASK, growMask: GROW_MASK },
  },
  {
    operation: 'outpaint',
    id: 'stability.stable-outpaint-v1:0',
    name: 'Stable Image Outpaint',
    priceUsd: 0.06,
    parameters: {
      ...OUTPUT,
      prompt: PROMPT,
      image: SOURCE,
      style: STYLE,
      left: OUTPAINT_SIDE,
      right: OUTPAINT_SIDE,
      up: OUTPAINT_SIDE,
      down: OUTPAINT_SIDE,
      creativity: range(0.1, 1, 0.5),
    },
    rules: { oneOf: ['left', 'right', 'up', 'down'] },
  },
  {
    operation: 'erase',
    id: 'stability.stable-image-erase-object-v1:0',
    name: 'Stable Image Erase Object',
    priceUsd: 0.07,
    parameters: { ...OUTPUT, image: SOURCE, mask: MASK, growMask: GROW_MASK },
  },
  {
    operation: 'search-and-replace',
    id: 'stability.stable-image-search-replace-v1:0',
    name: 'Stable Image Search and Replace',
    priceUsd: 0.07,
    parameters: { ...PROMPTED, searchPrompt: REQUIRED_PROMPT, growMask: GROW_MASK },
  },
  {
    operation: 'search-and-recolor',
    id: 'stability.stable-image-search-recolor-v1:0',
    name: 'Stable Image Search and Recolor',
    priceUsd: 0.07,
    parameters: { ...PROMPTED, selectPrompt: REQUIRED_PROMPT, growMask: GROW_MASK },
  },
  {
    operation: 'remove-background',
    id: 'stability.stable-image-remove-background-v1:0',
    name: 'Stable Image Remove Background',
    priceUsd: 0.07,
    parameters: { image: SOURCE, outputFormat: OUTPUT_FORMAT },
  },
  {
    operation: 'creative-upscale',
    id: 'stability.stable-creative-upscale-v1:0',
    name: 'Stable Image Creative Upscale',
    priceUsd: 0.6,
    parameters: {
      ...PROMPTED,
      image: { ...SMALL_SOURCE, minPixels: 4096 },
      creativity: range(0.1, 0.5, 0.3),
    },
  },
  {
    operation: 'conservative-upscale',
    id: 'stability.stable-conservative-upscale-v1:0',
    name: 'Stable Image Conservative Upscale',
    priceUsd: 0.4,
    parameters: { ...OUTPUT, prompt: REQUIRED_PROMPT, negativePrompt: PROMPT, image: SOURCE, creativity: range(0.1, 0.5, 0.35) },
  },
  {
    operation: 'fast-upscale',
    id: 'stability.stable-fast-upscale-v1:0',
    name: 'Stable Image Fast Upscale (4x)',
    priceUsd: 0.03,
    parameters: {
      image: { ...SMALL_SOURCE, minSide: 32, maxSide: 1536, minPixels: 1024 },
      outputFormat: OUTPUT_FORMAT,
    },
  },
  {
    operation: 'sketch',
    id: 'stability.stable-image-control-sketch-v1:0',
    name: 'Stable Image Control Sketch',
    priceUsd: 0.07,
    parameters: { ...PROMPTED, controlStrength: range(0, 1, 0.7) },
  },
  {
    operation: 'structure',
    id: 'stability.stable-image-control-structure-v1:0',
    name: 'Stable Image Control Structure',
    priceUsd: 0.07,
    parameters: { ...PROMPTED, controlStrength: range(0, 1, 0.7) },
  },
  {
    operation: 'style-guide',
    id: 'stability.stable-image-style-guide-v1:0',
    name: 'Stable Image Style Guide',
    priceUsd: 0.07,
    parameters: { ...PROMPTED, aspectRatio: ASPECT_RATIO, fidelity: range(0, 1, 0.5) },
  },
  {
    operation: 'style-transfer',
    id: 'stability.stable-style-transfer-v1:0',
    name: 'Stable Image Style Transfer',
    priceUsd: 0.08,
    parameters: {
      ...OUTPUT,
      prompt: PROMPT,
      negativePrompt: PROMPT,
      image: SOURCE,
      styleImage: SOURCE,
      compositionFidelity: range(0, 1, 0.9),
      styleStrength: range(0, 1, 1),
      changeStrength: range(0.1, 1, 0.9),
    },
  },
];

export const EDIT_OPERATIONS: readonly string[] = EDIT_MODELS.map(({ operation }) => operation);

/** Returns the edit model of an operation. */
export function editModel(operation: string): EditModel | undefined {
  return EDIT_MODELS.find((model) => model.operation === operation);
}
