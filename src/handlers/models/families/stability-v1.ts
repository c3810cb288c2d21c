import type { Family, ModelImage } from './family';
import type { GenerationInput } from '../../generation/ports';
import type { ApiError } from '../../shared/api-error';
import { imageBytes, isRecord } from '../response-body';
import { contentFiltered, malformedResponse, incompleteImage } from '../response-errors';
import { padResults } from '../results';

/** Stable Diffusion XL on Bedrock and on SageMaker endpoints of Stability AI. */
export const stabilityV1: Family = {
  buildRequest({ prompt, negativePrompt, width, height, seed, cfgScale, steps, style }: GenerationInput): Record<string, unknown> {
    return {
      text_prompts: [{ text: prompt, weight: 1 }, ...(negativePrompt === undefined ? [] : [{ text: negativePrompt, weight: -1 }])],
      width,
      height,
      cfg_scale: cfgScale,
      steps,
      style_preset: style,
      seed,
    };
  },

  parseResponse(body: unknown, { count, seed }: GenerationInput): (ModelImage | ApiError)[] {
    if (!isRecord(body) || !Array.isArray(body.artifacts)) throw malformedResponse('no artifacts');
    const results = body.artifacts.slice(0, count).map((artifact) => parseArtifact(artifact, seed));
    if (results.length === 0) throw malformedResponse('no artifacts');
    return padResults(results, count, malformedResponse('artifacts are missing'));
  },
};

/** A filtered artifact contains a blurred image, so the finish reason is checked first. */
function parseArtifact(artifact: unknown, requestedSeed: number | undefined): ModelImage | ApiError {
  if (!isRecord(artifact)) return malformedResponse('an artifact is not an object');
  const { finishReason, base64, seed } = artifact;
  if (finishReason === 'CONTENT_FILTERED') return contentFiltered('output image');
  if (finishReason !== undefined && finishReason !== 'SUCCESS') return incompleteImage(finishReason);
  const bytes = imageBytes(base64);
  if (!bytes) return malformedResponse('an artifact has no image');
  return { bytes, seed: typeof seed === 'number' ? seed : requestedSeed };
}
