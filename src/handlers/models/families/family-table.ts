import { amazonImage } from './amazon-image';
import { converseImage } from './converse-image';
import type { Family } from './family';
import { sageMakerStableDiffusion } from './sagemaker-stable-diffusion';
import { stabilityServices } from './stability-services';
import { stabilityV1 } from './stability-v1';
import { stabilityV2 } from './stability-v2';
import type { ModelFamily } from '../../../private/contract/models';

/** The families of the model catalog. */
export const FAMILIES: Readonly<Record<ModelFamily, Family>> = {
  'stability-v2': stabilityV2,
  'stability-services': stabilityServices,
  'amazon-image': amazonImage,
  'stability-v1-text_prompts': stabilityV1,
  'converse': converseImage,
  'sagemaker-stable-diffusion': sageMakerStableDiffusion,
};
