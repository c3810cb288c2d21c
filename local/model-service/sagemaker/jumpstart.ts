import { randomInt } from 'node:crypto';
import { createCanvas } from '@napi-rs/canvas';
import { type ResponseImageFormat } from './response-image';
import { renderCanvas } from '../drawing/render-image';
import { type Outcomes } from '../families/family';
import { type ParameterFacts } from '../schema/documented-facts';
import { type JsonObject, schemaViolations, wrongType } from '../schema/schema-validation';

const SIDE = 512;
const DEFAULT_STEPS = 50;
const DEFAULT_GUIDANCE = 7.5;

/** JumpStart documents the multiple of width and height. The ranges are limits of this service. */
const FACTS: ParameterFacts = {
  width: { type: 'int', min: 64, max: 2048, multipleOf: 8 },
  height: { type: 'int', min: 64, max: 2048, multipleOf: 8 },
  num_inference_steps: { type: 'int', min: 1, max: 1000 },
  guidance_scale: { type: 'float', min: 0 },
  num_images_per_prompt: { type: 'int', min: 1, max: 10 },
  seed: { type: 'int', min: 0, max: 4_294_967_295 },
};

interface JumpStartRequest {
  readonly prompt: string | readonly string[];
  readonly negative_prompt?: string | readonly string[];
  readonly width?: number;
  readonly height?: number;
  readonly num_inference_steps?: number;
  readonly guidance_scale?: number;
  readonly num_images_per_prompt?: number;
  readonly seed?: number;
}

/** Returns the schema violations of a body. The messages are those of Bedrock, because the messages of containers differ. */
export function jumpStartViolations(body: JsonObject): string[] {
  const { prompt, negative_prompt: negativePrompt, ...others } = body;
  return [
    ...(prompt === undefined ? ['#: required key [prompt] not found'] : textViolations('prompt', prompt)),
    ...(negativePrompt === undefined ? [] : textViolations('negative_prompt', negativePrompt)),
    ...schemaViolations(FACTS, others),
  ];
}

/** Returns the violations of a text, or of a list with one text per image. */
function textViolations(name: string, value: unknown): string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (texts.some((text) => typeof text !== 'string')) return [`#/${name}: ${wrongType('String', value)}`];
  return texts.length === 0 || texts.includes('') ? [`#/${name}: expected minLength: 1, actual: 0`] : [];
}

/** Returns the outcomes of Stable Diffusion on JumpStart: a list of images for each prompt, in the accepted format. */
export function jumpStartOutcomes(endpoint: string, body: JsonObject, format: ResponseImageFormat): Outcomes {
  const request = body as unknown as JumpStartRequest;
  const prompts = [request.prompt].flat();
  const perPrompt = request.num_images_per_prompt ?? 1;
  const seed = request.seed ?? randomInt(1, 4_294_967_295);
  const render = async (index: number) => renderOne(endpoint, request, prompts[Math.floor(index / perPrompt)], seed + index);
  const indices = Array.from({ length: prompts.length * perPrompt }, (_, index) => index);
  const response = async (imageAt: (index: number) => Promise<unknown>): Promise<JsonObject> => {
    const images: unknown[] = [];
    for (const index of indices) images.push(await imageAt(index));
    return { generated_images: images, prompt: request.prompt };
  };
  return {
    success: async () => response(async (index) => format.complete(await render(index))),
    // not documented: the safety checker of the model returns black images
    filtered: async () => response(async () => format.complete(blackCanvas(request))),
    truncated: async () => response(async (index) => format.truncated(await render(index))),
  };
}

async function renderOne(endpoint: string, request: JumpStartRequest, prompt: string, seed: number) {
  return renderCanvas({
    prompt,
    negativePrompt: [request.negative_prompt ?? ''].flat().join(', '),
    modelId: endpoint,
    seed,
    size: sizeOf(request),
    settings: [request.num_inference_steps ?? DEFAULT_STEPS, request.guidance_scale ?? DEFAULT_GUIDANCE],
  });
}

function blackCanvas(request: JumpStartRequest) {
  const { width, height } = sizeOf(request);
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').fillRect(0, 0, width, height);
  return canvas;
}

function sizeOf({ width = SIDE, height = SIDE }: JumpStartRequest) {
  return { width, height };
}
