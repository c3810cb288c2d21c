import fc from 'fast-check';
import { type PageLocation, parseLocation, START, writeLocation } from '../../src/playground/location';

const ID = '01KAJ3W0V5E2M8Q9XG7T4R6B1N';
const OTHER_ID = '01KAJ3W0V4E2M8Q9XG7T4R6B1M';

it.each<[string, PageLocation]>([
  ['#/create', START],
  ['#/create?prompt=a+fox&ratio=16%3A9&n=4&seed=8&model=sd3-5-large', {
    view: 'create', run: [], fields: { prompt: 'a fox', aspectRatio: '16:9', count: '4', seed: '8', model: 'sd3-5-large' },
  }],
  [`#/create?run=${ID}%2C${OTHER_ID}`, { view: 'create', fields: {}, run: [ID, OTHER_ID] }],
  ['#/create?theme=dark', { ...START, theme: 'dark' }],
  ['#/edit', { view: 'edit', fields: {} }],
  [`#/edit/${ID}/1?op=inpaint&prompt=a+moon`, { view: 'edit', image: { id: ID, index: 1 }, operation: 'inpaint', fields: { prompt: 'a moon' } }],
  ['#/batch', { view: 'batch', fields: {} }],
  [`#/batch/${ID}`, { view: 'batch', id: ID, fields: {} }],
  ['#/gallery', { view: 'gallery', size: 'm' }],
  ['#/gallery?size=l&theme=light', { view: 'gallery', size: 'l', theme: 'light' }],
  [`#/image/${ID}/0`, { view: 'image', image: { id: ID, index: 0 } }],
])('%s is a location, and is written as the same text', (fragment, location) => {
  expect(parseLocation(fragment)).toEqual(location);
  expect(writeLocation(location)).toBe(fragment);
});

it.each(['', '#', '#/', '/create', '#create', '#/nothing', '#/image', '#/image/short/0', `#/image/${ID}/9`, '#/create?theme=blue', '#/create?run=,x'])(
  'the fragment %p is the start view', (fragment) => {
    expect(parseLocation(fragment)).toEqual(START);
  },
);

it('an image without an index is its first file', () => {
  expect(parseLocation(`#/image/${ID}`)).toEqual({ view: 'image', image: { id: ID, index: 0 } });
});

it('a field with the name of another parameter of the URL is kept apart', () => {
  const fields = { theme: 'neon', run: 'fast', op: 'x', n: '1', ratio: '2' };
  const fragment = writeLocation({ view: 'create', fields, run: [ID], theme: 'dark' });
  expect(parseLocation(fragment)).toEqual({ view: 'create', fields, run: [ID], theme: 'dark' });
});

it('properties of all objects are no short names of fields', () => {
  expect(parseLocation('#/create?constructor=x&toString=y').view).toBe('create');
  expect(writeLocation({ view: 'create', fields: { constructor: 'x' }, run: [] })).toBe('#/create?constructor=x');
});

it('__proto__ in a fragment does not change the prototype of the fields', () => {
  const location = parseLocation('#/create?__proto__=x');
  expect(location).toEqual(START);
  expect(Object.getPrototypeOf((location as { fields: object }).fields)).toBe(Object.prototype);
});

/** Well-formed texts: a URL cannot contain half of a surrogate pair. */
const text = fc.string({ unit: 'binary' });
const id = fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/);
const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/),
  fc.constantFrom('prompt', 'aspectRatio', 'count', 'ratio', 'n', 'run', 'op', 'theme', 'size', 'constructor', 'model'),
);
const fields = fc.dictionary(name, text, { noNullPrototype: true });
const image = fc.record({ id, index: fc.integer({ min: 0, max: 3 }) });
const view = fc.oneof(
  fc.record({ view: fc.constant('create' as const), fields, run: fc.array(id) }),
  fc.record({ view: fc.constant('edit' as const), fields, image, operation: fc.constantFrom('inpaint', 'style-guide') }, { requiredKeys: ['view', 'fields'] }),
  fc.record({ view: fc.constant('batch' as const), fields, id }, { requiredKeys: ['view', 'fields'] }),
  fc.record({ view: fc.constant('gallery' as const), size: fc.constantFrom('s' as const, 'm' as const, 'l' as const) }),
  fc.record({ view: fc.constant('image' as const), image }),
);
const theme = fc.option(fc.constantFrom('light' as const, 'dark' as const), { nil: undefined });

it('a location is parsed as it was written', () => {
  fc.assert(fc.property(view, theme, (parts, shownTheme) => {
    const location: PageLocation = { ...parts, ...(shownTheme && { theme: shownTheme }) };
    expect(parseLocation(writeLocation(location))).toEqual(location);
  }));
});

it('hostile fragments do not throw, and what they mean is stable', () => {
  const part = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('/', '?', '&', '=', '%', '%E0%A4', '#', 'create', 'edit', ID, '__proto__', '\ud800'));
  fc.assert(fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
    const location = parseLocation(parts.join(''));
    expect(parseLocation(writeLocation(location))).toEqual(location);
  }));
});

it('a fragment of a megabyte is parsed in less than a second of the processor', () => {
  const start = process.cpuUsage();
  parseLocation(`#/create?prompt=${'%F0%9F%A6%8A'.repeat(90_000)}&${'x=1&'.repeat(1000)}`);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(1000);
});
