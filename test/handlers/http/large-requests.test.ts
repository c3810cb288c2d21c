import { PromptPolicy } from '../../../src/handlers/shared/prompt-policy';
import { imageFile } from '../../fixtures/images';
import { CONFIGURATION, World } from '../../helpers/world';

const QUEUE = { url: 'https://queue', deadLetterUrl: 'https://dead', concurrency: 4, maxReceiveCount: 3, maxAgeSeconds: 3600 };
let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: ['erase'] } }); });

/** Returns the CPU time since `start`, which other processes do not change. */
function cpuMilliseconds(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const post = (body: unknown) => world.call('POST /images', { body });
const edit = (operation: string, fields: object) => world.call('POST /images/edits', { body: { operation, ...fields } });

describe('an input image', () => {
  it.each([[3072, 3072, 201], [3073, 3072, 400]])('of %i x %i pixels gives status %i', async (width, height, expected) => {
    const { status, json } = await edit('erase', { image: imageFile(width, height).toString('base64') });
    expect(status).toBe(expected);
    if (expected === 400) expect(json.errors[0].detail).toContain(`at most 9437184 pixels, got ${width}x${height}`);
  });
});

describe('a very large request is handled quickly', () => {
  it('when an input image is large', async () => {
    const start = process.cpuUsage();
    for (const image of [`${'A'.repeat(5_500_000)}!`, 'A'.repeat(5_500_000), `data:image/${'a'.repeat(5_500_000)}`, '='.repeat(5_500_000), `01JD${'0'.repeat(5_500_000)}`]) {
      expect((await edit('erase', { image })).status).toBeGreaterThanOrEqual(400);
    }
    expect(cpuMilliseconds(start)).toBeLessThan(5_000);
  });

  it('when it has many or long field names, and returns a short response', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`field${index}`, 1]));
    const some = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field${index}`, 1]));
    const long = { ['x'.repeat(2_000_000)]: 1 };
    // the most that API Gateway accepts
    const maximum = Object.fromEntries(Array.from({ length: 500_000 }, (_, index) => [`f${index}`, 1]));
    for (const body of [many, some, long, maximum]) {
      const { status, text, json } = await post(body);
      expect({ status, json }).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } });
      expect(text.length).toBeLessThan(50_000);
    }
  });

  it('when the prompt has many combining marks, which take minutes to normalize', async () => {
    const start = process.cpuUsage();
    const { status, json } = await post({ prompt: `a${'\u0301\u0323'.repeat(500_000)}` });
    expect(status).toBe(400);
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/prompt']);
    expect(cpuMilliseconds(start)).toBeLessThan(2_000);
  });

  it('when a long text is checked for denied words', () => {
    const policy = new PromptPolicy({ deny: Array.from({ length: 300 }, (_, index) => `word${index} word`) });
    const start = process.cpuUsage();
    for (const text of ['word '.repeat(20_000), 'w'.repeat(100_000), ' '.repeat(100_000), '\ufdfa'.repeat(100_000)]) expect(policy.allows(text)).toBe(true);
    expect(cpuMilliseconds(start)).toBeLessThan(2_000);
  });

  it.each<readonly [string, string, () => unknown, string, RegExp]>([
    ['a list of 200,000 values', 'POST /text', () => ({ prompt: 'x', stopSequences: Array(200_000).fill('') }), '/stopSequences', /^must have at most 1000 values, got 200000$/],
    ['a list of 1,400,000 values', 'POST /text', () => ({ prompt: 'x', stopSequences: Array(1_400_000).fill(1) }), '/stopSequences', /got 1400000$/],
    ['a batch item of 130,000 fields', 'POST /images/batches', () => (
      { requests: [Object.fromEntries(Array.from({ length: 130_000 }, (_, index) => [`f${index}`, 1]))] }
    ), '/requests/0', /^must have at most 1000 fields, got 130000$/],
    ['many values in many lists', 'POST /images', () => ({ prompt: 'x', lists: Array.from({ length: 900 }, () => Array(900).fill(1)) }), '', /at most 10000 values$/],
    ['many levels', 'POST /images', () => `{"prompt":"x","deep":${'['.repeat(500_000)}${']'.repeat(500_000)}}`, '/deep', /^must have at most 20 levels/],
  ])('when it has %s', async (_what, route, body, pointer, detail) => {
    world = new World({ ...CONFIGURATION, textModel: { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1' }, queue: QUEUE });
    const value = body();
    const rawBody = typeof value === 'string' ? value : JSON.stringify(value);
    const start = process.cpuUsage();
    const { status, json } = await world.call(route, { rawBody });
    expect({ status, errors: json.errors }).toEqual({ status: 400, errors: [{ pointer, detail: expect.stringMatching(detail) }] });
    expect(cpuMilliseconds(start)).toBeLessThan(2_000);
  });

  it('when it has a text far above the maximum, which is not normalized', async () => {
    const start = process.cpuUsage();
    const { status, json } = await post({ prompt: `a${'\u0323\u0301b'.repeat(800_000)}` });
    expect({ status, errors: json.errors }).toEqual({ status: 400, errors: [{ pointer: '/prompt', detail: expect.stringMatching(/^must be a string of 1 to 10000 characters .*2400001/) }] });
    expect(cpuMilliseconds(start)).toBeLessThan(1_000);
  });

  it('when a text has marks between invisible characters, in time that grows with its length', () => {
    const policy = new PromptPolicy({ deny: ['gun'] });
    const milliseconds = (pairs: number) => {
      const texts = ['\u0301\u200d\u0323\u200d', '\u0301\u0323', '\uff9e\u0323', 'g\u0301\u034f', '\ufdfa'].map((unit) => unit.repeat(pairs));
      const start = process.cpuUsage();
      // as requests are parsed
      for (const prompt of texts) if (policy.fieldErrors({ prompt }).length === 0) policy.rejectDenied({ prompt });
      return process.cpuUsage(start).user / 1000;
    };
    milliseconds(1_000);
    expect(milliseconds(40_000) / milliseconds(10_000)).toBeLessThan(10);
  });
});
