import { type Family, type Outcomes } from './family';
import { effectiveSeed, stabilityOutcomes } from './stability-outcomes';
import { malformedInput } from '../bedrock/bedrock-errors';
import { type ImageFormat } from '../drawing/encoding';
import { renderImage } from '../drawing/render-image';
import { parameterFactsOf, type ParameterFacts } from '../schema/documented-facts';
import { type JsonObject, schemaViolations } from '../schema/schema-validation';

/** A valid body of Stable Image Core, Stable Image Ultra or Stable Diffusion 3.5. */
interface StabilityRequest {
  readonly prompt: string;
  readonly negative_prompt?: string;
  readonly aspect_ratio?: string;
  readonly output_format?: ImageFormat;
  readonly seed?: number;
  readonly mode?: string;
  readonly image?: string;
  readonly strength?: number;
}

export const STABILITY_V2: Family = {
  schema: 'stability-v2',
  operation: 'invoke',
  accept: (model, body) => {
    const facts = parameterFactsOf(model);
    const violations = [...schemaViolations(facts, body), ...modeViolations(facts, body)];
    if (violations.length > 0) throw malformedInput(violations);
    return outcomes(model.modelId, facts, body as unknown as StabilityRequest);
  },
};

/** Returns the violations of the parameters that depend on the mode. Models with one mode have none. */
function modeViolations(facts: ParameterFacts, body: JsonObject): string[] {
  if (!facts.mode.values?.includes('image-to-image')) return [];
  if (body.mode === 'image-to-image') {
    const missing = ['image', 'strength'].filter((name) => !(name in body)).map((name) => `#: required key [${name}] not found`);
    return 'aspect_ratio' in body ? [...missing, '#: extraneous key [aspect_ratio] is not permitted'] : missing;
  }
  return ['image', 'strength'].filter((name) => name in body).map((name) => `#: extraneous key [${name}] is not permitted`);
}

function outcomes(modelId: string, facts: ParameterFacts, request: StabilityRequest): Outcomes {
  const seed = effectiveSeed(request.seed, facts.seed);
  return stabilityOutcomes(seed, async () => renderImage({
    prompt: request.prompt,
    negativePrompt: request.negative_prompt,
    modelId,
    seed,
    aspectRatio: request.aspect_ratio,
    // Core and Ultra do not document a default
    format: request.output_format ?? 'png',
    source: request.image === undefined ? undefined : {
      image: Buffer.from(request.image, 'base64'),
      strength: request.strength ?? Number(facts.strength.default),
    },
  }));
}
