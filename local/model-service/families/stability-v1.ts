import { randomInt } from 'node:crypto';
import { type Family, firstHalf, type Outcomes } from './family';
import { contentBlocked, malformedInput } from '../bedrock/bedrock-errors';
import { type ImageFormat, encodeImage } from '../drawing/encoding';
import { blur } from '../drawing/layers';
import { renderCanvas } from '../drawing/render-image';
import { type ModelFact, type ParameterFact, type ParameterFacts } from '../schema/documented-facts';
import { isObject, type JsonObject, schemaViolations } from '../schema/schema-validation';

const FORMAT: ImageFormat = 'png';
const SIDE = 1024;
/** Width and height. Only the multiple is documented; the range is a limit of this service. */
const SIDE_FACT: ParameterFact = { type: 'int', min: 64, max: 2048, multipleOf: 64 };
/** As documented for version 1 of the Stability API. */
const TEXT_PROMPT: ParameterFacts = { text: { type: 'string', max: 2000, required: true }, weight: { type: 'float' } };
/** Scale of the blur of a filtered image. */
const BLUR = 0.015;

interface TextPrompt {
  readonly text: string;
  readonly weight?: number;
}

interface ImageRequest {
  readonly text_prompts: readonly TextPrompt[];
  readonly cfg_scale?: number;
  readonly seed?: number;
  readonly steps?: number;
  readonly width?: number;
  readonly height?: number;
  readonly style_preset?: string;
}

/** Stable Diffusion XL, as a provisioned model on Bedrock or on a SageMaker endpoint. */
export const STABILITY_V1: Family = {
  schema: 'stability-v1-text_prompts',
  operation: 'invoke',
  accept: (model, body) => {
    const { text_prompts: prompts, ...others } = body;
    const violations = [...promptViolations(prompts), ...schemaViolations(factsOf(model), others)];
    if (violations.length > 0) throw malformedInput(violations);
    return outcomes(model.modelId, body as unknown as ImageRequest);
  },
};

function promptViolations(prompts: unknown): string[] {
  if (prompts === undefined) return ['#: required key [text_prompts] not found'];
  if (!Array.isArray(prompts)) return ['#/text_prompts: expected type: JSONArray'];
  if (prompts.length === 0) return ['#/text_prompts: expected minimum item count: 1, found: 0'];
  const violations = prompts.flatMap((prompt: unknown, index) => {
    const at = `#/text_prompts/${index}`;
    return isObject(prompt) ? schemaViolations(TEXT_PROMPT, prompt, at) : [`${at}: expected type: JSONObject`];
  });
  if (violations.length > 0 || (prompts as TextPrompt[]).some(isPositive)) return violations;
  return ['#/text_prompts: at least one prompt must have a positive weight'];
}

function isPositive({ weight = 1 }: TextPrompt): boolean {
  return weight > 0;
}

function factsOf({ request }: ModelFact): ParameterFacts {
  const facts = request as Readonly<Record<string, Partial<ParameterFact>>>;
  return {
    cfg_scale: { type: 'float', ...facts.cfg_scale },
    seed: { type: 'int', ...facts.seed },
    steps: { type: 'int', ...facts.steps },
    width: SIDE_FACT,
    height: SIDE_FACT,
    style_preset: { type: 'enum', ...facts.style_preset },
  };
}

function outcomes(modelId: string, request: ImageRequest): Outcomes {
  const seed = request.seed || randomInt(1, 4_294_967_295);
  const render = async () => renderCanvas({
    prompt: request.text_prompts.filter(isPositive).map(({ text }) => text).join(', '),
    negativePrompt: request.text_prompts.filter((prompt) => !isPositive(prompt)).map(({ text }) => text).join(', '),
    modelId,
    seed,
    style: request.style_preset,
    size: { width: request.width ?? SIDE, height: request.height ?? SIDE },
    settings: [request.cfg_scale, request.steps, request.text_prompts.map(({ weight }) => weight)],
  });
  const artifact = (image: Buffer, finishReason: string): JsonObject => (
    { result: 'success', artifacts: [{ seed, base64: image.toString('base64'), finishReason }] }
  );
  const encode = async () => encodeImage(await render(), FORMAT);
  return {
    success: async () => artifact(await encode(), 'SUCCESS'),
    filtered: async (content) => {
      if (content === 'prompt') throw contentBlocked('text prompt');
      if (content === 'input') throw contentBlocked('input image');
      return artifact(await encodeImage(blur(await render(), BLUR), FORMAT), 'CONTENT_FILTERED');
    },
    truncated: async () => artifact(firstHalf(await encode()), 'SUCCESS'),
    failed: () => artifact(Buffer.alloc(0), 'ERROR'),
  };
}
