import { randomInt } from 'node:crypto';
import { Image, loadImage } from '@napi-rs/canvas';
import { Family, Work } from './family';
import { stabilityWork } from './stability-outcomes';
import { malformedInput } from '../bedrock/bedrock-errors';
import { onWhite } from '../drawing/edits/background-removal';
import { EditRequest, EditSettings } from '../drawing/edits/edit';
import { EDITS } from '../drawing/edits/edits-by-model';
import { encodePicture, PictureFormat } from '../drawing/encoding';
import { ModelFact, parameterFacts, ParameterFacts } from '../schema/documented-facts';
import { JsonObject, violations } from '../schema/schema-validation';

/** What the scene of an edit is made of; not every operation takes all of it. */
interface SceneSettings {
  readonly prompt?: string;
  readonly negative_prompt?: string;
  readonly style_preset?: string;
  readonly seed?: number;
  readonly output_format: PictureFormat;
}

/** Stability AI Image Services: thirteen operations that differ in their facts and in what they do to an image. */
export const STABILITY_SERVICES: Family = {
  schema: 'stability-services',
  operation: 'invoke',
  accept: async (model, body) => {
    const facts = parameterFacts(model);
    const faults = [...violations(facts, body), ...growthFaults(facts, body)];
    if (faults.length > 0) throw malformedInput(faults);
    return work(model, facts, body, await loadedImages(facts, body));
  },
};

const SIDES = ['left', 'right', 'up', 'down'];

/** Outpainting that grows to no side is none. */
function growthFaults(facts: ParameterFacts, body: JsonObject): string[] {
  if (!SIDES.every((side) => side in facts) || SIDES.some((side) => side in body && body[side] !== 0)) return [];
  return [`#: expected at least one of [${SIDES.join(', ')}] to be greater than 0`];
}

async function loadedImages(facts: ParameterFacts, body: JsonObject): Promise<Readonly<Record<string, Image>>> {
  const names = Object.keys(facts).filter((name) => facts[name].type === 'base64' && name in body);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await loaded(name, body[name] as string)] as const)));
}

async function loaded(name: string, base64: string): Promise<Image> {
  try {
    return await loadImage(Buffer.from(base64, 'base64'));
  } catch {
    throw malformedInput([`#/${name}: the image cannot be decoded`]);
  }
}

function work(model: ModelFact, facts: ParameterFacts, body: JsonObject, images: EditRequest['images']): Work {
  const settings = { ...defaultsOf(facts), ...body } as unknown as SceneSettings & EditSettings;
  // 0 asks for a random seed, as leaving it out does; operations that take none always do the same
  const seed = 'seed' in facts ? settings.seed || randomInt(1, facts.seed.max ?? 2) : 0;
  const scene = { prompt: settings.prompt ?? '', negativePrompt: settings.negative_prompt, modelId: model.modelId, seed, style: settings.style_preset };
  return stabilityWork(seed, async () => {
    const canvas = EDITS[model.modelId]({ scene, images, settings });
    return encodePicture(settings.output_format === 'jpeg' ? onWhite(canvas) : canvas, settings.output_format);
  });
}

function defaultsOf(facts: ParameterFacts): JsonObject {
  return Object.fromEntries(Object.entries(facts).flatMap(([name, fact]) => fact.default === undefined ? [] : [[name, fact.default]]));
}
