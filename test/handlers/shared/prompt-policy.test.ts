import type { ConfiguredPolicy } from '../../../src/private/contract/configuration';
import { CONFIGURATION, PNG, World } from '../../helpers/world';

const CAFE = 'caf\u00e9';
const CAFE_DECOMPOSED = 'cafe\u0301';
const worldOf = (policy: ConfiguredPolicy) => new World({ ...CONFIGURATION, policy });
let world: World;
beforeEach(() => { world = new World(); });

const post = (body: unknown, headers: Record<string, string> = {}) => world.call('POST /images', { body, headers });

describe('a prompt', () => {
  it('reaches the model in one Unicode form, and is the same request in each', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const first = await post({ prompt: CAFE_DECOMPOSED, negativePrompt: CAFE_DECOMPOSED }, headers);
    const second = await post({ prompt: CAFE, negativePrompt: CAFE }, headers);
    expect(world.models.calls).toEqual([expect.objectContaining({ prompt: CAFE, negativePrompt: CAFE })]);
    expect([first.json.prompt, second.json.id]).toEqual([CAFE, first.json.id]);
  });

  it.each([0x00, 0x01, 0x07, 0x08, 0x0b, 0x0c, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9f])('must not hold the control character %i', async (code) => {
    for (const field of ['prompt', 'negativePrompt']) {
      const { status, json } = await post({ prompt: 'x', [field]: `a fox${String.fromCharCode(code)}` });
      expect([status, json.errors]).toEqual([400, [{
        pointer: `/${field}`, detail: `must not contain control characters, got U+${code.toString(16).toUpperCase().padStart(4, '0')} at 5`,
      }]]);
    }
    expect(world.models.calls).toHaveLength(0);
  });

  it.each(['\n', '\t', '\r\n', '\u200d', '\u00a0', '🦊', '\u{10ffff}'])('may hold %j', async (text) => {
    expect((await post({ prompt: `a${text}b` })).status).toBe(201);
  });

  it.each(['\ud83e', '\udd8a', 'a\ud83eb', '\udd8a\ud83e'])('must not hold half a character: %j', async (prompt) => {
    const { status, json } = await post({ prompt: `x${prompt}` });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/prompt', detail: 'must be valid Unicode' }]]);
  });

  it('may pile up 30 marks on a letter', async () => {
    expect((await post({ prompt: `a${'\u0323\u0301'.repeat(15)}` })).status).toBe(201);
  });

  it('must not pile up more', async () => {
    const { status, json } = await post({ prompt: `a${'\u0301\u0323'.repeat(16)}`, negativePrompt: `a${'\u0301'.repeat(31)}` });
    expect([status, json.errors.map(({ pointer }) => pointer)]).toEqual([400, ['/prompt', '/negativePrompt']]);
    expect(json.errors[1].detail).toBe('must not put more than 30 marks on one letter');
  });

  it('is counted in characters', async () => {
    world = worldOf({ maxChars: 3 });
    expect((await post({ prompt: '🦊🦊🦊', negativePrompt: CAFE_DECOMPOSED.slice(1) })).status).toBe(201);
    const { status, json } = await post({ prompt: '🦊🦊🦊🦊' });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/prompt', detail: 'must be a string of 1 to 3 characters for stability.stable-image-core-v1:1, got "🦊🦊🦊🦊"' }]]);
  });
});

describe('denied words', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['as it is', 'gun', 'a gun'],
    ['in another case', 'gun', 'A GUN!'],
    ['denied in another case', 'Gun', 'a gun'],
    ['in full width', 'gun', 'a ｇｕｎ'],
    ['in mathematical letters', 'gun', 'a \u{1d420}\u{1d42e}\u{1d427}'],
    ['with zero-width characters', 'gun', 'a g\u200bu\u200c\u200d\u2060n\ufeff'],
    ['with soft hyphens', 'gun', 'a g\u00adu\u00adn'],
    ['with joiners and variation selectors', 'gun', 'a g\u034fu\ufe0fn'],
    ['struck through', 'gun', 'a g\u0336u\u0336n\u0336'],
    ['in quotation marks', 'gun', '"gun"'],
    ['between underscores', 'gun', '_gun_'],
    ['at the start', 'gun', 'gun on a table'],
    ['a phrase', 'celebrity face', 'a  Celebrity\n\tFace.'],
    ['a phrase over odd spaces', 'celebrity face', 'celebrity\u00a0\u3000face'],
    ['with an accent in pieces', CAFE, `a ${CAFE_DECOMPOSED}`],
    ['of regular expressions', 'c++ (bad)', 'write C++ (bad)'],
    ['of only signs', '$$$', 'for $$$'],
    ['Cyrillic', 'оружие', 'это ОРУЖИЕ!'],
    ['Greek, which ends a word its own way', 'ΟΔΟΣ', 'οδος'],
    ['Arabic', 'سلاح', 'هذا سلاح'],
    ['Chinese, which has no spaces', '裸体', '一个裸体的人'],
    ['Japanese, which has no spaces', 'ヌード', '美しいヌード写真'],
    ['Thai, which has no spaces', 'ปืน', 'มีปืนอยู่'],
    ['Latin beside Chinese', 'gun', '一把gun在桌上'],
    ['with space around them in the list', ' gun\n', 'a gun'],
  ];
  it.each(cases)('are found %s', async (_how, word, prompt) => {
    world = worldOf({ deny: ['other', word] });
    const { status, json, text } = await post({ prompt });
    expect([status, json.code]).toEqual([422, 'CONTENT_FILTERED']);
    expect(json.detail).toBe('the prompt contains words that this API does not allow; change the request');
    expect(text).not.toContain(word);
    expect(world.models.calls).toHaveLength(0);
  });

  it.each([
    ['gun', 'a gunner with guns, begun'], ['gun', '7gun7'], ['celebrity face', 'celebrity surface'], ['.*', 'anything'], ['a|b', 'a b'], ['कम', 'कमरा'],
    ['\u200b', 'anything'], ['оружие', 'оружием'],
  ])('%j is not in %j', async (word, prompt) => {
    world = worldOf({ deny: [word] });
    expect((await post({ prompt })).status).toBe(201);
  });

  it.each([['search-and-replace', 'searchPrompt'], ['search-and-recolor', 'selectPrompt']])('are looked for in an edit, too: %s', async (operation, field) => {
    world = new World({ ...CONFIGURATION, policy: { deny: ['gun'] }, edits: { region: 'us-east-1', operations: [operation] } });
    const { status, json } = await world.call('POST /images/edits', { body: { operation, image: PNG.toString('base64'), prompt: 'x', [field]: 'the gun' } });
    expect([status, json.detail]).toEqual([422, `the ${field} contains words that this API does not allow; change the request`]);
    expect(world.models.calls).toHaveLength(0);
  });

  it('may be named as what to keep out', async () => {
    world = worldOf({ deny: ['gun'] });
    expect((await post({ prompt: 'x', negativePrompt: 'gun' })).status).toBe(201);
  });

  it('do not use up an Idempotency-Key', async () => {
    world = worldOf({ deny: ['gun'] });
    const headers = { 'Idempotency-Key': 'k' };
    expect((await post({ prompt: 'gun' }, headers)).status).toBe(422);
    expect((await post({ prompt: 'flower' }, headers)).status).toBe(201);
  });
});

describe('what is kept of a prompt', () => {


  it.each([['store', /^a secret fox$/], ['hash', /^sha256:[0-9a-f]{64}$/], ['none', undefined]] as const)('%s', async (retention, kept) => {
    world = worldOf({ retention });
    const headers = { 'Idempotency-Key': 'k' };
    const first = await post({ prompt: 'a secret fox', negativePrompt: 'secret fog' }, headers);
    const replay = await post({ prompt: 'a secret fox', negativePrompt: 'secret fog' }, headers);
    const later = await world.call(`GET /images/${first.json.id}`);

    // whoever sent it may see it at once
    expect(first.json.prompt).toBe('a secret fox');
    for (const prompt of [replay.json.prompt, later.json.prompt, world.records.items[0].prompt]) {
      if (kept) expect(prompt).toMatch(kept);
      else expect(prompt).toBeUndefined();
    }
    const everything = JSON.stringify([world.records.items, [...world.claims.items.values()], [...world.store.objects], world.logs]);
    if (retention !== 'store') expect(everything).not.toContain('secret');
    expect(everything).not.toContain('fog');
  });

  it('is the same hash for the same prompt', async () => {
    world = worldOf({ retention: 'hash' });
    for (const prompt of ['a', 'a', 'b']) await post({ prompt });
    const [one, same, other] = world.records.items.map(({ prompt }) => prompt);
    expect(one).toBe('sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
    expect([same === one, other === one]).toEqual([true, false]);
  });
});
