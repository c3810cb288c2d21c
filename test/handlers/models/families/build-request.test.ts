import type { GenerationInput } from '../../../../src/handlers/generation/ports';
import { MODEL_FAMILIES, type ModelFamily } from '../../../../src/private/contract/models';
import { loadedFamilies } from '../../../helpers/families';

const FAMILIES = loadedFamilies();

const INPUT: GenerationInput = { prompt: 'a lighthouse', seed: 7, count: 2, outputFormat: 'png' };
const FILE = Buffer.from('file');
const BASE64 = FILE.toString('base64');

interface Case {
  readonly why: string;
  readonly input?: Partial<GenerationInput>;
  readonly body: object;
}

const CASES: Readonly<Record<ModelFamily, readonly Case[]>> = {
  'stability-v2': [
    { why: 'sends only the parameters of the request', body: { prompt: 'a lighthouse', seed: 7, output_format: 'png' } },
    {
      why: 'sends all parameters',
      input: { negativePrompt: 'fog', aspectRatio: '16:9', outputFormat: 'webp' },
      body: { prompt: 'a lighthouse', negative_prompt: 'fog', aspect_ratio: '16:9', seed: 7, output_format: 'webp' },
    },
  ],
  'stability-services': [
    {
      why: 'sends names in snake case and files in base64',
      input: { image: FILE, mask: FILE, growMask: 3, searchPrompt: 'the sea', style: 'anime', controlStrength: 0, left: 0 },
      body: {
        prompt: 'a lighthouse',
        image: BASE64,
        mask: BASE64,
        grow_mask: 3,
        search_prompt: 'the sea',
        style_preset: 'anime',
        control_strength: 0,
        left: 0,
        seed: 7,
        output_format: 'png',
      },
    },
    {
      why: 'sends the first of two images as init_image',
      input: { prompt: undefined, image: FILE, styleImage: Buffer.from('style'), compositionFidelity: 0.5 },
      body: { init_image: BASE64, style_image: Buffer.from('style').toString('base64'), composition_fidelity: 0.5, seed: 7, output_format: 'png' },
    },
  ],
  'amazon-image': [
    {
      why: 'sends only the parameters of the request',
      body: { taskType: 'TEXT_IMAGE', textToImageParams: { text: 'a lighthouse' }, imageGenerationConfig: { numberOfImages: 2, seed: 7 } },
    },
    {
      why: 'sends all parameters',
      input: { negativePrompt: 'fog', style: 'midcentury-retro', width: 1024, height: 512, cfgScale: 6.5, quality: 'premium' },
      body: {
        taskType: 'TEXT_IMAGE',
        textToImageParams: { text: 'a lighthouse', negativeText: 'fog', style: 'MIDCENTURY_RETRO' },
        imageGenerationConfig: { numberOfImages: 2, width: 1024, height: 512, cfgScale: 6.5, quality: 'premium', seed: 7 },
      },
    },
  ],
  'stability-v1-text_prompts': [
    { why: 'sends only the parameters of the request', body: { text_prompts: [{ text: 'a lighthouse', weight: 1 }], seed: 7 } },
    {
      why: 'sends all parameters',
      input: { negativePrompt: 'fog', width: 512, height: 768, cfgScale: 0, steps: 30, style: 'anime' },
      body: {
        text_prompts: [{ text: 'a lighthouse', weight: 1 }, { text: 'fog', weight: -1 }],
        width: 512,
        height: 768,
        cfg_scale: 0,
        steps: 30,
        style_preset: 'anime',
        seed: 7,
      },
    },
  ],
  'converse': [
    { why: 'sends a conversation of one message', body: { messages: [{ role: 'user', content: [{ text: 'a lighthouse' }] }] } },
  ],
  'sagemaker-stable-diffusion': [
    { why: 'sends only the parameters of the request', body: { prompt: 'a lighthouse', num_images_per_prompt: 2, seed: 7 } },
    {
      why: 'sends all parameters',
      input: { negativePrompt: 'fog', width: 512, height: 768, cfgScale: 7.5, steps: 30 },
      body: {
        prompt: 'a lighthouse', negative_prompt: 'fog', width: 512, height: 768, guidance_scale: 7.5, num_inference_steps: 30, num_images_per_prompt: 2, seed: 7,
      },
    },
  ],
};

it.each(MODEL_FAMILIES.flatMap((family) => CASES[family].map((each) => ({ family, ...each }))))('$family $why', ({ family, input, body }) => {
  expect(JSON.parse(JSON.stringify(FAMILIES[family].buildRequest({ ...INPUT, ...input })))).toEqual(body);
});

it('stability-v2 sends image, strength and mode for image-to-image', () => {
  expect(FAMILIES['stability-v2'].buildRequest({ ...INPUT, image: FILE, strength: 0, mode: 'image-to-image' }))
    .toMatchObject({ image: BASE64, strength: 0, mode: 'image-to-image' });
});
