import { ApiError } from '../../../src/handlers/shared/api-error';
import { imageFile } from '../../fixtures/images';
import { type Call, CONFIGURATION, World } from '../../helpers/world';

const SECRETS = ['a secret lighthouse', 'secret fog', 'secret dog', 'secret sky', 'secret system', 'secret stop', 'secret enhanced'];
const [PROMPT, NEGATIVE, SEARCH, SELECT, SYSTEM, STOP, ENHANCED] = SECRETS;
const image = imageFile(96, 64).toString('base64');

const REQUESTS: readonly (readonly [string, Call])[] = [
  ['POST /images', { body: { prompt: PROMPT, negativePrompt: NEGATIVE, enhancePrompt: true, count: 2 } }],
  ['POST /images', { body: { prompt: PROMPT, model: 'sd3-5-large', image, strength: 0.5 } }],
  ['POST /images/edits', { body: { operation: 'search-and-replace', image, prompt: PROMPT, negativePrompt: NEGATIVE, searchPrompt: SEARCH } }],
  ['POST /images/edits', { body: { operation: 'search-and-recolor', image, prompt: PROMPT, selectPrompt: SELECT } }],
  ['POST /images/edits', { body: { operation: 'search-and-recolor', image: `${image}!`, prompt: PROMPT, seed: PROMPT } }],
  ['POST /images/edits', { rawBody: `--x\r\n${PROMPT}`, headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
  ['POST /images/uploads', { body: { contentType: 'image/png' } }],
  ['POST /text', { body: { prompt: PROMPT, system: SYSTEM, stopSequences: [STOP] } }],
  ['GET /models', {}],
];

const FAILURES: Readonly<Record<string, (world: World) => void>> = {
  'nothing fails': () => undefined,
  'models include the request in their errors': (world) => {
    world.models.next.push(...Array.from({ length: 9 }, () => (input: object) => {
      throw new ApiError('MODEL_ERROR', 'failed', { cause: new Error(`bad: ${Object.values(input).filter((value) => typeof value === 'string').join('; ')}`) });
    }));
    world.textModel.respond = ({ prompt, system, stopSequences }) => {
      throw new ApiError('MODEL_ERROR', 'failed', { cause: new Error(`bad: ${prompt}; ${system}; ${stopSequences?.join()}`) });
    };
  },
  'the bucket fails': (world) => { world.store.fails = () => true; },
  'the table fails': (world) => { world.records.fails = true; },
  'the guardrail includes the text in its errors': (world) => { world.guardrail.fails = (text) => new Error(`no access: ${text}`); },
};

describe.each(Object.entries(FAILURES))('when %s', (_name, applyFailure) => {
  it('no log line contains a prompt, an image or a URL', async () => {
    const guardrail = { id: 'guard', version: '1', region: 'us-west-2' };
    for (const policy of [undefined, { guardrail }, { deny: ['lighthouse'] }]) {
      const world = new World({
        ...CONFIGURATION,
        models: [...CONFIGURATION.models, { id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }],
        edits: { region: 'us-east-1', operations: ['search-and-replace', 'search-and-recolor'] },
        textModel: { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1' },
        policy,
      });
      world.textModel.respond = () => ({ text: ENHANCED, stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1 } });
      applyFailure(world);
      for (const [route, call] of REQUESTS) await world.call(route, call);

      expect(world.logs.filter((line) => line.includes('"message":"request"'))).toHaveLength(REQUESTS.length);
      // the request id is also in the error response
      for (const line of world.logs) expect(JSON.parse(line)).toHaveProperty('requestId', 'request-1');
      const logs = world.logs.join('\n');
      for (const forbidden of [...SECRETS, 'secret', 'lighthouse', image.slice(0, 40), 'https:']) expect(logs).not.toContain(forbidden);
    }
  });
});
