import { randomInt } from 'node:crypto';
import { Family, half, Work } from './family';
import { contentBlocked, malformedInput } from '../bedrock/bedrock-errors';
import { PictureFormat, encodePicture } from '../drawing/encoding';
import { softened } from '../drawing/layers';
import { paintPicture } from '../drawing/render-image';
import { ModelFact, ParameterFact, ParameterFacts } from '../schema/documented-facts';
import { isObject, JsonObject, violations } from '../schema/schema-validation';

const FORMAT: PictureFormat = 'png';
const SIDE = 1024;
/** Width and height: the facts know the step only; the bounds keep what is drawn within reason. */
const SIDE_FACT: ParameterFact = { type: 'int', min: 64, max: 2048, multipleOf: 64 };
/** As Stability documents its first API. */
const TEXT_PROMPT: ParameterFacts = { text: { type: 'string', max: 2000, required: true }, weight: { type: 'float' } };
/** The blur that a filtered picture comes with. */
const BLUR = 0.015;

interface TextPrompt {
  readonly text: string;
  readonly weight?: number;
}

interface Drawing {
  readonly text_prompts: readonly TextPrompt[];
  readonly cfg_scale?: number;
  readonly seed?: number;
  readonly steps?: number;
  readonly width?: number;
  readonly height?: number;
  readonly style_preset?: string;
}

/** Stable Diffusion XL: on Bedrock only what was provisioned, on SageMaker whatever runs there. */
export const STABILITY_V1: Family = {
  schema: 'stability-v1-text_prompts',
  operation: 'invoke',
  accept: (model, body) => {
    const { text_prompts: prompts, ...others } = body;
    const faults = [...promptFaults(prompts), ...violations(factsOf(model), others)];
    if (faults.length > 0) throw malformedInput(faults);
    return work(model.modelId, body as unknown as Drawing);
  },
};

function promptFaults(prompts: unknown): string[] {
  if (prompts === undefined) return ['#: required key [text_prompts] not found'];
  if (!Array.isArray(prompts)) return ['#/text_prompts: expected type: JSONArray'];
  if (prompts.length === 0) return ['#/text_prompts: expected minimum item count: 1, found: 0'];
  const faults = prompts.flatMap((prompt: unknown, index) => {
    const at = `#/text_prompts/${index}`;
    return isObject(prompt) ? violations(TEXT_PROMPT, prompt, at) : [`${at}: expected type: JSONObject`];
  });
  if (faults.length > 0 || (prompts as TextPrompt[]).some(isWanted)) return faults;
  return ['#/text_prompts: at least one prompt must have a positive weight'];
}

function isWanted({ weight = 1 }: TextPrompt): boolean {
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

function work(modelId: string, drawing: Drawing): Work {
  const seed = drawing.seed || randomInt(1, 4_294_967_295);
  const paint = async () => paintPicture({
    prompt: drawing.text_prompts.filter(isWanted).map(({ text }) => text).join(', '),
    negativePrompt: drawing.text_prompts.filter((prompt) => !isWanted(prompt)).map(({ text }) => text).join(', '),
    modelId,
    seed,
    style: drawing.style_preset,
    size: { width: drawing.width ?? SIDE, height: drawing.height ?? SIDE },
    settings: [drawing.cfg_scale, drawing.steps, drawing.text_prompts.map(({ weight }) => weight)],
  });
  const artifact = (image: Buffer, finishReason: string): JsonObject => (
    { result: 'success', artifacts: [{ seed, base64: image.toString('base64'), finishReason }] }
  );
  const draw = async () => encodePicture(await paint(), FORMAT);
  return {
    answer: async () => artifact(await draw(), 'SUCCESS'),
    filtered: async (what) => {
      if (what === 'prompt') throw contentBlocked('text prompt');
      if (what === 'input') throw contentBlocked('input image');
      return artifact(await encodePicture(softened(await paint(), BLUR), FORMAT), 'CONTENT_FILTERED');
    },
    truncated: async () => artifact(half(await draw()), 'SUCCESS'),
    failed: () => artifact(Buffer.alloc(0), 'ERROR'),
  };
}
