import { createHash } from 'node:crypto';
import { ConverseRequest, readConverse } from './converse-request';
import { blockedAnswer, converseAnswer, withReasoning } from './converse-response';
import { Family, half, Work } from './family';
import { PictureFormat } from '../drawing/encoding';
import { drawPicture } from '../drawing/render-image';
import { JsonObject } from '../schema/schema-validation';

const FORMAT: PictureFormat = 'png';
const IMAGE_PATH = 'output.message.content[].image.source.bytes';

/** Nova Omni answers a conversation with a sentence and an image. */
export const NOVA_OMNI: Family = {
  schema: 'converse',
  operation: 'converse',
  plays: ({ response }) => IMAGE_PATH in response,
  accept: (model, body) => work(model.modelId, readConverse(model, body)),
};

function work(modelId: string, { prompt, system, isReasoning }: ConverseRequest): Work {
  // The operation has no seed: what was said decides
  const seed = createHash('sha256').update(prompt + system).digest().readUInt32BE(0);
  const draw = async () => drawPicture({ prompt, modelId, seed, settings: [system], format: FORMAT });
  const content = (image: Buffer): JsonObject[] => [
    { text: 'Here is the image you asked for.' },
    { image: { format: FORMAT, source: { bytes: image.toString('base64') } } },
  ];
  const answered = isReasoning ? withReasoning : converseAnswer;
  return {
    answer: async () => answered(prompt, content(await draw())),
    filtered: async () => blockedAnswer(prompt),
    truncated: async () => answered(prompt, content(half(await draw()))),
    reasoned: async () => withReasoning(prompt, content(await draw())),
  };
}
