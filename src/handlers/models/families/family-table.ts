import { amazonImage } from './amazon-image';
import { converseImage } from './converse-image';
import type { Family } from './family';
import { stabilityServices } from './stability-services';
import { stabilityV1 } from './stability-v1';
import { stabilityV2 } from './stability-v2';
import type { ModelFamily } from '../../../private/contract/models';

/** The families of the model catalog. Each has less than 1 KiB, except the family that encodes PNG files, which is loaded with its first request. */
export const FAMILIES: Readonly<Record<ModelFamily, () => Promise<Family>>> = {
  'stability-v2': async () => stabilityV2,
  'stability-services': async () => stabilityServices,
  'amazon-image': async () => amazonImage,
  'stability-v1-text_prompts': async () => stabilityV1,
  'converse': async () => converseImage,
  'sagemaker-stable-diffusion': async () => (await import('./sagemaker-stable-diffusion')).sageMakerStableDiffusion,
};
