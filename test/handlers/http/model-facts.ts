import { type Facts, RATIOS, STYLES } from './parameter-cases';

const V2: Facts = {
  wholes: { seed: [0, 4_294_967_295] },
  texts: { prompt: 10_000, negativePrompt: 10_000 },
  choices: { aspectRatio: RATIOS, outputFormat: ['png', 'jpeg'] },
};
const AMAZON: Facts = {
  wholes: { seed: [0, 858_993_459] },
  numbers: { cfgScale: [1.1, 10] },
  texts: { prompt: 1_024, negativePrompt: 1_024 },
  choices: {
    outputFormat: ['png'],
    quality: ['standard', 'premium'],
    style: [
      '3d-animated-family-film', 'design-sketch', 'flat-vector-illustration', 'graphic-novel-illustration', 'maximalism', 'midcentury-retro',
      'photorealism', 'soft-digital-painting',
    ],
  },
  others: ['size'],
};
const TITAN: Facts = {
  wholes: { seed: [0, 2_147_483_646] },
  numbers: { cfgScale: [1.1, 10] },
  texts: { prompt: 512, negativePrompt: 512 },
  choices: { outputFormat: ['png'], quality: ['standard', 'premium'] },
  others: ['size'],
};
const SDXL: Facts = {
  wholes: { seed: [0, 4_294_967_295], steps: [10, 50] },
  numbers: { cfgScale: [0, 35] },
  texts: { prompt: 2_000, negativePrompt: 2_000 },
  choices: { outputFormat: ['png'], style: STYLES },
  others: ['size'],
};

/** Of each model of the catalog. */
export const MODEL_FACTS: Readonly<Record<string, Facts>> = {
  'stability.stable-image-core-v1:1': V2,
  'stability.stable-image-ultra-v1:1': { ...V2, numbers: { strength: [0, 1] }, others: ['image'] },
  'stability.sd3-5-large-v1:0': {
    ...V2,
    wholes: { seed: [0, 4_294_967_294] },
    numbers: { strength: [0, 1] },
    choices: { aspectRatio: RATIOS, outputFormat: ['png', 'jpeg', 'webp'] },
    others: ['image'],
  },
  'amazon.nova-canvas-v1:0': AMAZON,
  'amazon.titan-image-generator-v2:0': TITAN,
  'amazon.titan-image-generator-v1': TITAN,
  'stability.stable-image-core-v1:0': V2,
  'stability.stable-image-ultra-v1:0': V2,
  'stability.sd3-large-v1:0': V2,
  'stability.stable-diffusion-xl-v1': SDXL,
  'stability.stable-diffusion-xl-v0': SDXL,
  'amazon.nova-2-omni-v1:0': { texts: { prompt: 10_000 }, choices: { outputFormat: ['png'] } },
};

/** Of a Stable Diffusion model on SageMaker, as JumpStart deploys it. */
export const ENDPOINT_FACTS: Facts = {
  wholes: { seed: [0, 4_294_967_295], steps: [1, 150] },
  numbers: { cfgScale: [0, 35] },
  texts: { prompt: 10_000, negativePrompt: 10_000 },
  choices: { outputFormat: ['jpeg'] },
  others: ['size'],
};
