import { randomInt } from 'node:crypto';
import { createCanvas } from '@napi-rs/canvas';
import { ImageForm } from './response-image';
import { paintPicture } from '../drawing/render-image';
import { Work } from '../families/family';
import { ParameterFacts } from '../schema/documented-facts';
import { JsonObject, violations, wrongType } from '../schema/schema-validation';

const SIDE = 512;
const DEFAULT_STEPS = 50;
const DEFAULT_GUIDANCE = 7.5;

/** JumpStart documents the step of the sides; their bounds here, and those of the counts, keep what is drawn within reason. */
const FACTS: ParameterFacts = {
  width: { type: 'int', min: 64, max: 2048, multipleOf: 8 },
  height: { type: 'int', min: 64, max: 2048, multipleOf: 8 },
  num_inference_steps: { type: 'int', min: 1, max: 1000 },
  guidance_scale: { type: 'float', min: 0 },
  num_images_per_prompt: { type: 'int', min: 1, max: 10 },
  seed: { type: 'int', min: 0, max: 4_294_967_295 },
};

interface Drawing {
  readonly prompt: string | readonly string[];
  readonly negative_prompt?: string | readonly string[];
  readonly width?: number;
  readonly height?: number;
  readonly num_inference_steps?: number;
  readonly guidance_scale?: number;
  readonly num_images_per_prompt?: number;
  readonly seed?: number;
}

/** What is wrong with a body, in the words in which Bedrock says such things; the containers' own words differ from one to the next. */
export function jumpStartFaults(body: JsonObject): string[] {
  const { prompt, negative_prompt: negativePrompt, ...others } = body;
  return [
    ...(prompt === undefined ? ['#: required key [prompt] not found'] : textFaults('prompt', prompt)),
    ...(negativePrompt === undefined ? [] : textFaults('negative_prompt', negativePrompt)),
    ...violations(FACTS, others),
  ];
}

/** A text, or a text for each of several images. */
function textFaults(name: string, value: unknown): string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (texts.some((text) => typeof text !== 'string')) return [`#/${name}: ${wrongType('String', value)}`];
  return texts.length === 0 || texts.includes('') ? [`#/${name}: expected minLength: 1, actual: 0`] : [];
}

/** Stable Diffusion as JumpStart deploys it: a list of images for each prompt, in the form that the caller accepts. */
export function jumpStartWork(endpoint: string, body: JsonObject, form: ImageForm): Work {
  const drawing = body as unknown as Drawing;
  const prompts = [drawing.prompt].flat();
  const perPrompt = drawing.num_images_per_prompt ?? 1;
  const seed = drawing.seed ?? randomInt(1, 4_294_967_295);
  const paint = async (index: number) => paintOne(endpoint, drawing, prompts[Math.floor(index / perPrompt)], seed + index);
  const indices = Array.from({ length: prompts.length * perPrompt }, (_, index) => index);
  const answer = async (written: (index: number) => Promise<unknown>): Promise<JsonObject> => {
    const images: unknown[] = [];
    for (const index of indices) images.push(await written(index));
    return { generated_images: images, prompt: drawing.prompt };
  };
  return {
    answer: async () => answer(async (index) => form.whole(await paint(index))),
    // No filter is documented; the one that comes with the model paints over what it finds, and says nothing
    filtered: async () => answer(async () => form.whole(black(drawing))),
    truncated: async () => answer(async (index) => form.half(await paint(index))),
  };
}

async function paintOne(endpoint: string, drawing: Drawing, prompt: string, seed: number) {
  return paintPicture({
    prompt,
    negativePrompt: [drawing.negative_prompt ?? ''].flat().join(', '),
    modelId: endpoint,
    seed,
    size: sizeOf(drawing),
    settings: [drawing.num_inference_steps ?? DEFAULT_STEPS, drawing.guidance_scale ?? DEFAULT_GUIDANCE],
  });
}

function black(drawing: Drawing) {
  const { width, height } = sizeOf(drawing);
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').fillRect(0, 0, width, height);
  return canvas;
}

function sizeOf({ width = SIDE, height = SIDE }: Drawing) {
  return { width, height };
}
