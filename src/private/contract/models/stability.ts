import { type ChoiceParameter, type ImageParameter, type NumberParameter, type TextParameter } from './parameters';

/** Common parameters of Stability AI models, from the AWS pages on Stability AI, as of 2026-11-21. */

export const PROMPT: TextParameter = { type: 'text', minLength: 1, maxLength: 10_000 };

export const REQUIRED_PROMPT: TextParameter = { ...PROMPT, required: true };

export const ASPECT_RATIO: ChoiceParameter = {
  type: 'choice',
  values: ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'],
  default: '1:1',
};

/** 0 selects a random seed. The response contains the seed. */
export const SEED: NumberParameter = { type: 'integer', minimum: 0, maximum: 4_294_967_294, default: 0 };

export const OUTPUT_FORMAT: ChoiceParameter = { type: 'choice', values: ['png', 'jpeg', 'webp'], default: 'png' };

export const STYLE: ChoiceParameter = {
  type: 'choice',
  values: [
    '3d-model', 'analog-film', 'anime', 'cinematic', 'comic-book', 'digital-art', 'enhance', 'fantasy-art', 'isometric', 'line-art', 'low-poly',
    'modeling-compound', 'neon-punk', 'origami', 'photographic', 'pixel-art', 'tile-texture',
  ],
};

export const IMAGE_FORMATS = ['jpeg', 'png', 'webp'] as const;

export const IMAGE: ImageParameter = { type: 'image', formats: IMAGE_FORMATS, minSide: 64, maxPixels: 9_437_184, maxRatio: 2.5 };

/** Returns a parameter for numbers. */
export function range(minimum: number, maximum: number, defaultValue?: number): NumberParameter {
  return { type: 'number', minimum, maximum, ...(defaultValue !== undefined && { default: defaultValue }) };
}

/** Returns a parameter for whole numbers. */
export function whole(minimum: number, maximum: number, defaultValue?: number): NumberParameter {
  return { type: 'integer', minimum, maximum, ...(defaultValue !== undefined && { default: defaultValue }) };
}
