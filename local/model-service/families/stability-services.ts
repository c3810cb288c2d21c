import { type Image, loadImage } from '@napi-rs/canvas';
import { type Family, type Outcomes } from './family';
import { effectiveSeed, stabilityOutcomes } from './stability-outcomes';
import { malformedInput } from '../bedrock/bedrock-errors';
import { type EditRequest, type EditSettings } from '../drawing/edits/edit';
import { EDITS } from '../drawing/edits/edits-by-model';
import { encodeImage, type ImageFormat } from '../drawing/encoding';
import { flatten } from '../drawing/layers';
import { type ModelFact, parameterFactsOf, type ParameterFacts } from '../schema/documented-facts';
import { type JsonObject, schemaViolations } from '../schema/schema-validation';

/** Parameters of the rendered scene. Not all operations have all of them. */
interface SceneSettings {
  readonly prompt?: string;
  readonly negative_prompt?: string;
  readonly style_preset?: string;
  readonly seed?: number;
  readonly output_format: ImageFormat;
}

/** The thirteen operations of Stability AI Image Services. */
export const STABILITY_SERVICES: Family = {
  schema: 'stability-services',
  operation: 'invoke',
  accept: async (model, body) => {
    const facts = parameterFactsOf(model);
    const violations = [...schemaViolations(facts, body), ...outpaintViolations(facts, body)];
    if (violations.length > 0) throw malformedInput(violations);
    return outcomes(model, facts, body, await decodeImages(facts, body));
  },
};

const SIDES = ['left', 'right', 'up', 'down'];

/** Returns a violation if outpainting extends no side. */
function outpaintViolations(facts: ParameterFacts, body: JsonObject): string[] {
  if (!SIDES.every((side) => side in facts) || SIDES.some((side) => side in body && body[side] !== 0)) return [];
  return [`#: expected at least one of [${SIDES.join(', ')}] to be greater than 0`];
}

async function decodeImages(facts: ParameterFacts, body: JsonObject): Promise<Readonly<Record<string, Image>>> {
  const names = Object.keys(facts).filter((name) => facts[name].type === 'base64' && name in body);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await decodeImage(name, body[name] as string)] as const)));
}

async function decodeImage(name: string, base64: string): Promise<Image> {
  try {
    return await loadImage(Buffer.from(base64, 'base64'));
  } catch {
    throw malformedInput([`#/${name}: the image cannot be decoded`]);
  }
}

function outcomes(model: ModelFact, facts: ParameterFacts, body: JsonObject, images: EditRequest['images']): Outcomes {
  const settings = { ...defaultsOf(facts), ...body } as unknown as SceneSettings & EditSettings;
  // operations without a seed are deterministic
  const seed = 'seed' in facts ? effectiveSeed(settings.seed, facts.seed) : 0;
  const scene = { prompt: settings.prompt ?? '', negativePrompt: settings.negative_prompt, modelId: model.modelId, seed, style: settings.style_preset };
  return stabilityOutcomes(seed, async () => {
    const canvas = EDITS[model.modelId]({ scene, images, settings });
    return encodeImage(settings.output_format === 'jpeg' ? flatten(canvas) : canvas, settings.output_format);
  });
}

function defaultsOf(facts: ParameterFacts): JsonObject {
  return Object.fromEntries(Object.entries(facts).flatMap(([name, fact]) => fact.default === undefined ? [] : [[name, fact.default]]));
}
