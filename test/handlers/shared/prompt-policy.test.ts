import * as fc from 'fast-check';
import { PromptPolicy } from '../../../src/handlers/shared/prompt-policy';
import type { ConfiguredPolicy } from '../../../src/private/contract/configuration';
import { type Response, CONFIGURATION, PNG, World } from '../../helpers/world';

const CAFE = 'caf\u00e9';
const CAFE_DECOMPOSED = 'cafe\u0301';
const withPolicy = (policy: ConfiguredPolicy) => new World({ ...CONFIGURATION, policy });
let world: World;
beforeEach(() => { world = new World(); });

const post = (body: unknown, headers: Record<string, string> = {}) => world.call('POST /images', { body, headers });

describe('a prompt', () => {
  it('is sent to the model in normalization form C, and is the same request in every form', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const first = await post({ prompt: CAFE_DECOMPOSED, negativePrompt: CAFE_DECOMPOSED }, headers);
    const second = await post({ prompt: CAFE, negativePrompt: CAFE }, headers);
    expect(world.models.calls).toEqual([expect.objectContaining({ prompt: CAFE, negativePrompt: CAFE })]);
    expect(first.json.prompt).toBe(CAFE);
    expect(second.json.id).toBe(first.json.id);
  });

  it.each([0x00, 0x01, 0x07, 0x08, 0x0e, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9f])('returns 400 with the control character %i', async (code) => {
    for (const field of ['prompt', 'negativePrompt']) {
      const { status, json } = await post({ prompt: 'x', [field]: `a fox${String.fromCharCode(code)}` });
      const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
      expect(status).toBe(400);
      expect(json.errors).toEqual([{ pointer: `/${field}`, detail: `must not contain control characters, got ${name} at 5` }]);
    }
    expect(world.models.calls).toEqual([]);
  });

  it('is sent to the model with line breaks in place of vertical tabs and form feeds', async () => {
    await post({ prompt: 'a\vb\fc', negativePrompt: 'd\ve' });
    expect(world.models.calls).toEqual([expect.objectContaining({ prompt: 'a\nb\nc', negativePrompt: 'd\ne' })]);
  });

  it('returns 400 with a replacement character, in every field with a text', async () => {
    world = new World({ ...CONFIGURATION, textModel: { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1' } });
    const detail = 'must not contain U+FFFD, got it at 1; it stands for bytes that could not be decoded, so send the text in UTF-8';
    const expectError = ({ status, json }: Response, ...pointers: string[]) => (
      expect({ status, errors: json.errors }).toEqual({ status: 400, errors: pointers.map((pointer) => ({ pointer, detail })) })
    );
    expectError(await post({ prompt: 'K\ufffdse', negativePrompt: 'K\ufffdse' }), '/prompt', '/negativePrompt');
    expectError(await world.call('POST /v1/images/generations', { body: { prompt: 'K\ufffdse' } }), '/prompt');
    expectError(await world.call('POST /text', { body: { prompt: 'x', system: 'K\ufffdse', stopSequences: ['a', 'K\ufffd'] } }), '/system', '/stopSequences/1');
    expect(world.models.calls).toEqual([]);
    expect(world.textModel.calls).toEqual([]);
  });

  it('returns 400 with a replacement character at the start', async () => {
    const { status, json } = await post({ prompt: '\ufffdse' });
    expect({ status, errors: json.errors }).toEqual({ status: 400, errors: [{ pointer: '/prompt', detail: expect.stringMatching(/^must not contain U\+FFFD, got it at 0;/) }] });
  });

  it.each(['\ufffe', '\uffff'])('returns 400 with %j, which is not a character', async (text) => {
    const detail = `must not contain U+${text.charCodeAt(0).toString(16).toUpperCase()}, got it at 1; it stands for bytes that could not be decoded, so send the text in UTF-8`;
    const { status, json } = await post({ prompt: `K${text}se`, negativePrompt: `K${text}` });
    expect({ status, errors: json.errors }).toEqual({ status: 400, errors: [{ pointer: '/prompt', detail }, { pointer: '/negativePrompt', detail }] });
  });

  it.each(['\u200b', '\u00ad', '\ufe0f', '\u3164', '\u2800', '\u200f', ' \u200b\u2060\n', '\u{e0041}'])('returns 400 when it is invisible: %j', async (text) => {
    world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: ['search-and-replace'] }, textModel: { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1' } });
    const detail = 'must not consist of invisible characters';
    const errorsOf = async (route: string, body: object) => (await world.call(route, { body })).json.errors;
    expect(await errorsOf('POST /images', { prompt: text })).toEqual([{ pointer: '/prompt', detail }]);
    expect(await errorsOf('POST /v1/images/generations', { prompt: text })).toEqual([{ pointer: '/prompt', detail }]);
    expect(await errorsOf('POST /text', { prompt: text })).toEqual([{ pointer: '/prompt', detail }]);
    const edit = { operation: 'search-and-replace', image: PNG.toString('base64'), prompt: 'x', searchPrompt: text };
    expect(await errorsOf('POST /images/edits', edit)).toEqual([{ pointer: '/searchPrompt', detail }]);
    expect(world.models.calls).toEqual([]);
    expect(world.textModel.calls).toEqual([]);
  });

  it('is not rewritten by a text model that returns a replacement character', async () => {
    world = new World({ ...CONFIGURATION, textModel: { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1' } });
    world.textModel.respond = () => ({ text: 'K\ufffdse', stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1 } });
    expect((await post({ prompt: 'cheese', enhancePrompt: true })).status).toBe(201);
    expect(world.models.calls[0].prompt).toBe('cheese');
  });

  it.each(['\n', '\t', '\r\n', '\u200d', '\u00a0', '🦊', '\u{10ffff}'])('can contain %j', async (text) => {
    expect((await post({ prompt: `a${text}b` })).status).toBe(201);
  });

  it.each(['\ud83e', '\udd8a', 'a\ud83eb', '\udd8a\ud83e'])('returns 400 with a lone surrogate: %j', async (prompt) => {
    const { status, json } = await post({ prompt: `x${prompt}` });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/prompt', detail: 'must be valid Unicode' }]);
  });

  it('can contain 30 combining marks in a row', async () => {
    expect((await post({ prompt: `a${'\u0323\u0301'.repeat(15)}` })).status).toBe(201);
  });

  it('returns 400 with more than 30 combining marks in a row', async () => {
    const { status, json } = await post({ prompt: `a${'\u0301\u0323'.repeat(16)}`, negativePrompt: `a${'\u0301'.repeat(31)}` });
    const detail = 'must not have more than 30 combining marks in a row';
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/prompt', detail }, { pointer: '/negativePrompt', detail }]);
  });

  it.each(['\u0301\u200d', '\u3099\u0323\u200b', '\u0323\uff9e'])('returns 400 with combining marks that become a row in the deny list: %j', async (marks) => {
    const { status, json } = await post({ prompt: `a${marks.repeat(31)}` });
    expect({ status, errors: json.errors }).toEqual({ status: 400, errors: [{ pointer: '/prompt', detail: 'must not have more than 30 combining marks in a row' }] });
  });

  it('has a maximum length in characters, not in UTF-16 code units', async () => {
    world = withPolicy({ maxChars: 3 });
    expect((await post({ prompt: '🦊🦊🦊', negativePrompt: CAFE_DECOMPOSED.slice(1) })).status).toBe(201);
    const { status, json } = await post({ prompt: '🦊🦊🦊🦊' });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/prompt', detail: 'must be a string of 1 to 3 characters for stability.stable-image-core-v1:1, got "🦊🦊🦊🦊"' }]);
  });
});

describe('a denied word', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['unchanged', 'gun', 'a gun'],
    ['in another case', 'gun', 'A GUN!'],
    ['configured in another case', 'Gun', 'a gun'],
    ['in full-width characters', 'gun', 'a ｇｕｎ'],
    ['in mathematical letters', 'gun', 'a \u{1d420}\u{1d42e}\u{1d427}'],
    ['with zero-width characters', 'gun', 'a g\u200bu\u200c\u200d\u2060n\ufeff'],
    ['with soft hyphens', 'gun', 'a g\u00adu\u00adn'],
    ['with joiners and variation selectors', 'gun', 'a g\u034fu\ufe0fn'],
    ['with strikethrough', 'gun', 'a g\u0336u\u0336n\u0336'],
    ['in quotation marks', 'gun', '"gun"'],
    ['between underscores', 'gun', '_gun_'],
    ['at the start', 'gun', 'gun on a table'],
    ['a phrase', 'celebrity face', 'a  Celebrity\n\tFace.'],
    ['a phrase with other spaces', 'celebrity face', 'celebrity\u00a0\u3000face'],
    ['with a decomposed accent', CAFE, `a ${CAFE_DECOMPOSED}`],
    ['with characters of regular expressions', 'c++ (bad)', 'write C++ (bad)'],
    ['of symbols only', '$$$', 'for $$$'],
    ['in Cyrillic', 'оружие', 'это ОРУЖИЕ!'],
    ['in Greek, with a final sigma', 'ΟΔΟΣ', 'οδος'],
    ['in Arabic', 'سلاح', 'هذا سلاح'],
    ['in Chinese, without spaces', '裸体', '一个裸体的人'],
    ['in Japanese, without spaces', 'ヌード', '美しいヌード写真'],
    ['in Thai, without spaces', 'ปืน', 'มีปืนอยู่'],
    ['in Latin next to Chinese', 'gun', '一把gun在桌上'],
    ['configured with spaces around it', ' gun\n', 'a gun'],
    ['with a dotted capital I', 'kill', 'K\u0130LL'],
    ['with a dotless i', 'kill', 'k\u0131ll'],
    ['with a sharp s', 'strasse', 'Stra\u00dfe'],
    ['with marks of another script', 'gun', 'g\u05b0u\u0941n\u0651'],
    ['with enclosing and spacing marks', 'gun', 'g\u20ddu\u0903n\u20e0'],
    ['with the marks of its script', 'सेना', 'सेना'],
    ['a phrase with a Braille blank', 'celebrity face', 'celebrity\u2800face'],
    ...[...'\u115f\u1160\u3164\uffa0\u200b'].map((blank) => [`a phrase with the blank ${JSON.stringify(blank)}`, 'celebrity face', `a celebrity${blank}face`] as const),
    ['a phrase with two zero width spaces', 'celebrity face', 'celebrity\u200b\u200bface'],
    ['with Hangul fillers', 'gun', 'a g\u3164u\u115fn'],
    ['beside a zero width space', 'gun', 'a\u200bgun\u200bon'],
    ['a phrase with an Ogham space', 'celebrity face', 'celebrity\u1680\u205fface'],
  ];
  it.each(cases)('returns 422 %s', async (_how, word, prompt) => {
    world = withPolicy({ deny: ['other', word] });
    const { status, json, text } = await post({ prompt });
    expect(status).toBe(422);
    expect(json).toMatchObject({ code: 'CONTENT_FILTERED', detail: 'the prompt contains words that this API does not allow; change the request' });
    expect(text).not.toContain(word);
    expect(world.models.calls).toEqual([]);
  });

  it.each([
    ['gun', 'a gunner with guns, begun'], ['gun', '7gun7'], ['celebrity face', 'celebrity surface'], ['.*', 'anything'], ['a|b', 'a b'], ['कम', 'कमरा'],
    ['\u200b', 'anything'], ['\u200b', '🦊'], ['undefined', 'anything'], ['оружие', 'оружием'], ['裸体', 'anything'], ['gun', 'begun\u200bner'],
  ])('%j is not found in %j', async (word, prompt) => {
    world = withPolicy({ deny: [word] });
    expect((await post({ prompt })).status).toBe(201);
  });

  // ASCII texts have a pattern of their own
  it('is found in an ASCII prompt if it is found in the same prompt with a Chinese word beside it', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abAB01-_.$ '), maxLength: 12 });
    fc.assert(fc.property(fc.array(text, { maxLength: 3 }), text, (deny, prompt) => {
      const policy = new PromptPolicy({ deny: [...deny, '裸体'] });
      expect(policy.allows(prompt)).toBe(policy.allows(`${prompt} 人`));
    }), { numRuns: 2000 });
  });

  it.each([['search-and-replace', 'searchPrompt'], ['search-and-recolor', 'selectPrompt']])('returns 422 in %s, in the field %s', async (operation, field) => {
    world = new World({ ...CONFIGURATION, policy: { deny: ['gun'] }, edits: { region: 'us-east-1', operations: [operation] } });
    const { status, json } = await world.call('POST /images/edits', { body: { operation, image: PNG.toString('base64'), prompt: 'x', [field]: 'the gun' } });
    expect(status).toBe(422);
    expect(json.detail).toBe(`the ${field} contains words that this API does not allow; change the request`);
    expect(world.models.calls).toEqual([]);
  });

  it('is allowed in the negative prompt', async () => {
    world = withPolicy({ deny: ['gun'] });
    expect((await post({ prompt: 'x', negativePrompt: 'gun' })).status).toBe(201);
  });

  it('does not claim the idempotency key', async () => {
    world = withPolicy({ deny: ['gun'] });
    const headers = { 'Idempotency-Key': 'k' };
    expect((await post({ prompt: 'gun' }, headers)).status).toBe(422);
    expect((await post({ prompt: 'flower' }, headers)).status).toBe(201);
  });
});

describe('a prompt of the text model', () => {
  const policy = new PromptPolicy({ deny: ['gun'] });

  it.each(['a fox', 'x'.repeat(400_000)])('is accepted if a request could contain it: %#', (prompt) => {
    expect(policy.accepts(prompt)).toBe(true);
  });

  it.each(['a gun', 'a\u0000', 'K\ufffdse', '\u200b', 'x'.repeat(400_001)])('is not accepted otherwise: %#', (prompt) => {
    expect(policy.accepts(prompt)).toBe(false);
  });
});

describe('the recorded prompt', () => {
  it.each([['store', /^a secret fox$/], ['hash', /^sha256:[0-9a-f]{64}$/], ['none', undefined]] as const)('has retention %s in records, later responses and logs', async (retention, recorded) => {
    world = withPolicy({ retention });
    const headers = { 'Idempotency-Key': 'k' };
    const first = await post({ prompt: 'a secret fox', negativePrompt: 'secret fog' }, headers);
    const replay = await post({ prompt: 'a secret fox', negativePrompt: 'secret fog' }, headers);
    const later = await world.call(`GET /images/${first.json.id}`);

    // the first response contains the prompt of the request
    expect(first.json.prompt).toBe('a secret fox');
    for (const prompt of [replay.json.prompt, later.json.prompt, world.records.items[0].prompt]) {
      if (recorded) expect(prompt).toMatch(recorded);
      else expect(prompt).toBeUndefined();
    }
    const others = JSON.stringify([[...world.claims.items.values()], [...world.store.objects], world.logs]);
    expect(others).not.toContain('fog');
    if (retention !== 'store') expect(JSON.stringify(world.records.items) + others).not.toMatch(/secret|fog/);
  });

  it('has the same hash for the same prompt', async () => {
    world = withPolicy({ retention: 'hash' });
    for (const prompt of ['a', 'a', 'b']) await post({ prompt });
    const [one, same, other] = world.records.items.map(({ prompt }) => prompt);
    expect(one).toBe('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe('the parameters of a record', () => {
  const parameters = { seed: 7, style: 'anime', negativePrompt: 'text', searchPrompt: 'a fox' };

  it('have the texts as the policy retains prompts, and the other values as they are', () => {
    expect(new PromptPolicy({}).retainTexts(parameters)).toEqual(parameters);
    expect(new PromptPolicy({ retention: 'none' }).retainTexts(parameters)).toEqual({ seed: 7, style: 'anime', negativePrompt: undefined, searchPrompt: undefined });
    const { negativePrompt, ...others } = new PromptPolicy({ retention: 'hash' }).retainTexts(parameters);
    expect(negativePrompt).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(others).toMatchObject({ seed: 7, style: 'anime', searchPrompt: expect.stringMatching(/^sha256:/) });
  });
});

it('says that the deny list filtered the prompt', async () => {
  const { json } = await withPolicy({ deny: ['counterfeit'] }).call('POST /images', { body: { prompt: 'Counterfeit money' } });
  expect(json).toMatchObject({ code: 'CONTENT_FILTERED', filtered: 'prompt' });
});

it('only texts that must not be blank have to be visible, and the schema rejects blank ones', () => {
  expect(new PromptPolicy({}).fieldErrors({ prompt: ' ', negativePrompt: '\u200b' })).toEqual([]);
  expect(new PromptPolicy({}).fieldErrors({ prompt: '\u200b' })).toMatchObject([{ pointer: '/prompt' }]);
});
