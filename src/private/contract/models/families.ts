import { type ModelParameters, type ParameterRules, type SizeParameter, type TextParameter } from './parameters';
import { ASPECT_RATIO, OUTPUT_FORMAT, PROMPT, range, REQUIRED_PROMPT, SEED, STYLE, whole } from './stability';

/** Request and response formats. Each one is implemented in `src/handlers/models/families`. */
export const MODEL_FAMILIES = [
  'stability-v2', 'stability-services', 'amazon-image', 'stability-v1-text_prompts', 'converse', 'sagemaker-stable-diffusion',
] as const;

export type ModelFamily = typeof MODEL_FAMILIES[number];

/** Parameters of a family. They apply to models that are not in the catalog, and are the base of those in the catalog. */
export interface FamilyFacts {
  readonly parameters: ModelParameters;
  readonly rules?: ParameterRules;
  /** Maximum number of images in one model call. */
  readonly imagesPerCall: number;
}

// The AWS documentation has no limit. This is the limit of the Stability AI API for the same model.
const SDXL_TEXT: TextParameter = { type: 'text', minLength: 1, maxLength: 2000 };
const AMAZON_TEXT: TextParameter = { type: 'text', minLength: 1, maxLength: 1024 };
const AMAZON_SIZE: SizeParameter = {
  type: 'size', minimum: 320, maximum: 4096, multipleOf: 16, maxPixels: 4_194_303, maxRatio: 4, default: '1024x1024',
};

export const FAMILIES: Readonly<Record<ModelFamily, FamilyFacts>> = {
  'stability-v2': {
    parameters: {
      prompt: REQUIRED_PROMPT,
      negativePrompt: PROMPT,
      aspectRatio: ASPECT_RATIO,
      seed: { ...SEED, maximum: 4_294_967_295 },
      outputFormat: { ...OUTPUT_FORMAT, values: ['png', 'jpeg'] },
    },
    imagesPerCall: 1,
  },
  'stability-services': {
    parameters: { outputFormat: OUTPUT_FORMAT },
    imagesPerCall: 1,
  },
  'amazon-image': {
    parameters: {
      prompt: { ...AMAZON_TEXT, required: true },
      negativePrompt: AMAZON_TEXT,
      size: AMAZON_SIZE,
      seed: whole(0, 858_993_459),
      cfgScale: range(1.1, 10, 6.5),
      quality: { type: 'choice', values: ['standard', 'premium'], default: 'standard' },
      style: {
        type: 'choice',
        values: [
          '3d-animated-family-film', 'design-sketch', 'flat-vector-illustration', 'graphic-novel-illustration', 'maximalism', 'midcentury-retro',
          'photorealism', 'soft-digital-painting',
        ],
      },
      outputFormat: { type: 'choice', values: ['png'], default: 'png' },
    },
    imagesPerCall: 5,
  },
  'stability-v1-text_prompts': {
    parameters: {
      prompt: { ...SDXL_TEXT, required: true },
      negativePrompt: SDXL_TEXT,
      size: { type: 'size', minimum: 128, maximum: 1536, multipleOf: 64, default: '1024x1024' },
      seed: { ...SEED, maximum: 4_294_967_295 },
      cfgScale: range(0, 35, 7),
      steps: whole(10, 50, 30),
      style: STYLE,
      outputFormat: { type: 'choice', values: ['png'], default: 'png' },
    },
    imagesPerCall: 1,
  },
  'converse': {
    parameters: {
      prompt: REQUIRED_PROMPT,
      outputFormat: { type: 'choice', values: ['png'], default: 'png' },
    },
    imagesPerCall: 1,
  },
  'sagemaker-stable-diffusion': {
    parameters: {
      prompt: REQUIRED_PROMPT,
      negativePrompt: PROMPT,
      // The limits depend on the endpoint, which validates the rest.
      size: { type: 'size', minimum: 64, maximum: 2048, multipleOf: 8, default: '512x512' },
      seed: { ...SEED, maximum: 4_294_967_295 },
      cfgScale: range(0, 35, 7.5),
      steps: whole(1, 150, 50),
      outputFormat: { type: 'choice', values: ['jpeg'], default: 'jpeg' },
    },
    imagesPerCall: 4,
  },
};
