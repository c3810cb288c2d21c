import { createHash } from 'node:crypto';
import { type ConverseRequest, parseConverseRequest } from './converse-request';
import { blockedResponse, converseResponse, reasoningResponse } from './converse-response';
import { type Family, firstHalf, type Outcomes } from './family';
import { type ImageFormat } from '../drawing/encoding';
import { renderImage } from '../drawing/render-image';
import { type JsonObject } from '../schema/schema-validation';

const FORMAT: ImageFormat = 'png';
const IMAGE_PATH = 'output.message.content[].image.source.bytes';

/** Nova Omni, which returns a text and an image through Converse. */
export const NOVA_OMNI: Family = {
  schema: 'converse',
  operation: 'converse',
  supports: ({ response }) => IMAGE_PATH in response,
  accept: (model, body) => outcomes(model.modelId, parseConverseRequest(model, body)),
};

function outcomes(modelId: string, { prompt, system, isReasoning }: ConverseRequest): Outcomes {
  // Converse has no seed, so the prompt determines the image
  const seed = createHash('sha256').update(prompt + system).digest().readUInt32BE(0);
  const render = async () => renderImage({ prompt, modelId, seed, settings: [system], format: FORMAT });
  const content = (image: Buffer): JsonObject[] => [
    { text: 'Here is the image you asked for.' },
    { image: { format: FORMAT, source: { bytes: image.toString('base64') } } },
  ];
  const response = isReasoning ? reasoningResponse : converseResponse;
  return {
    success: async () => response(prompt, content(await render())),
    filtered: async () => blockedResponse(prompt),
    truncated: async () => response(prompt, content(firstHalf(await render()))),
    successWithReasoning: async () => reasoningResponse(prompt, content(await render())),
  };
}
