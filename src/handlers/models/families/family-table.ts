import type { Family } from './family';
import type { ModelFamily } from '../../../private/contract/models';

/** Loads the families of the model catalog, so that a request loads only the family of its model. */
export const FAMILIES: Readonly<Record<ModelFamily, () => Promise<Family>>> = {
  'stability-v2': async () => (await import('./stability-v2')).stabilityV2,
  'stability-services': async () => (await import('./stability-services')).stabilityServices,
  'amazon-image': async () => (await import('./amazon-image')).amazonImage,
  'stability-v1-text_prompts': async () => (await import('./stability-v1')).stabilityV1,
  'converse': async () => (await import('./converse-image')).converseImage,
  'sagemaker-stable-diffusion': async () => (await import('./sagemaker-stable-diffusion')).sageMakerStableDiffusion,
};
