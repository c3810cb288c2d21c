import { randomInt } from 'node:crypto';
import { Family, Work } from './family';
import { stabilityWork } from './stability-outcomes';
import { malformedInput } from '../bedrock/bedrock-errors';
import { PictureFormat } from '../drawing/encoding';
import { drawPicture } from '../drawing/render-image';
import { parameterFacts, ParameterFacts } from '../schema/documented-facts';
import { JsonObject, violations } from '../schema/schema-validation';

/** Stable Image Core and Ultra, Stable Diffusion 3.5: what a body holds once it is known to be valid. */
interface StabilityRequest {
  readonly prompt: string;
  readonly negative_prompt?: string;
  readonly aspect_ratio?: string;
  readonly output_format?: PictureFormat;
  readonly seed?: number;
  readonly mode?: string;
  readonly image?: string;
  readonly strength?: number;
}

export const STABILITY_V2: Family = {
  schema: 'stability-v2',
  operation: 'invoke',
  accept: (model, body) => {
    const facts = parameterFacts(model);
    const faults = [...violations(facts, body), ...modeFaults(facts, body)];
    if (faults.length > 0) throw malformedInput(faults);
    return work(model.modelId, facts, body as unknown as StabilityRequest);
  },
};

/** What the two modes need and exclude; a model with one mode only has nothing to mix up. */
function modeFaults(facts: ParameterFacts, body: JsonObject): string[] {
  if (!facts.mode.values?.includes('image-to-image')) return [];
  if (body.mode === 'image-to-image') {
    const missing = ['image', 'strength'].filter((name) => !(name in body)).map((name) => `#: required key [${name}] not found`);
    return 'aspect_ratio' in body ? [...missing, '#: extraneous key [aspect_ratio] is not permitted'] : missing;
  }
  return ['image', 'strength'].filter((name) => name in body).map((name) => `#: extraneous key [${name}] is not permitted`);
}

function work(modelId: string, facts: ParameterFacts, request: StabilityRequest): Work {
  // 0 asks for a random seed, as leaving it out does
  const seed = request.seed || randomInt(1, facts.seed.max ?? 2);
  return stabilityWork(seed, async () => drawPicture({
    prompt: request.prompt,
    negativePrompt: request.negative_prompt,
    modelId,
    seed,
    aspectRatio: request.aspect_ratio,
    // Core and Ultra do not document what they default to
    format: request.output_format ?? 'png',
    source: request.image === undefined ? undefined : {
      image: Buffer.from(request.image, 'base64'),
      strength: request.strength ?? Number(facts.strength.default),
    },
  }));
}
