import fc from 'fast-check';
import { formOf } from '../../../src/playground/models/form';
import { readFields, writeFields } from '../../../src/playground/models/form-fields';
import { initialValue, isSet, valueOf, withValue } from '../../../src/playground/models/values';
import { editForm, modelForm, PAGE_MODELS } from '../../fixtures/playground-models';

const ID = '01KAJ3W0V5E2M8Q9XG7T4R6B1N';
const core = modelForm('stable-image-core');

it('writes the values that differ from the defaults', () => {
  expect(writeFields(core, { prompt: 'a fox', aspectRatio: '1:1', seed: 5, outputFormat: 'jpeg', enhancePrompt: true, other: 'x', negativePrompt: ' ' }))
    .toEqual({ prompt: 'a fox', seed: '5', outputFormat: 'jpeg', enhancePrompt: 'true' });
});

it('writes an image by its id only', () => {
  expect(writeFields(editForm('erase'), { image: `${ID}/2`, mask: 'iVBORw0KGgo=' })).toEqual({ image: `${ID}/2` });
});

it('reads texts, numbers, switches and images', () => {
  expect(readFields(core, { prompt: 'a fox', seed: '5', enhancePrompt: 'true', aspectRatio: '16:9' })).toEqual({
    values: { prompt: 'a fox', seed: 5, enhancePrompt: true, aspectRatio: '16:9' }, rejected: [],
  });
  expect(readFields(editForm('erase'), { image: ID, growMask: '7' })).toEqual({ values: { image: ID, growMask: 7 }, rejected: [] });
});

it('names what does not fit and leaves it out', () => {
  const fields = { prompt: 'a fox', aspectRatio: '7:3', seed: 'x', enhancePrompt: 'yes', steps: '3', count: '9', negativePrompt: '' };
  expect(readFields(core, fields)).toEqual({ values: { prompt: 'a fox' }, rejected: ['aspectRatio', 'seed', 'enhancePrompt', 'steps', 'count', 'negativePrompt'] });
});

it('does not name the model, which is no field', () => {
  expect(readFields(core, { model: 'stable-image-core' })).toEqual({ values: {}, rejected: [] });
});

it('keeps a prompt that is too long, so that its author can shorten it', () => {
  const prompt = 'x'.repeat(10_001);
  expect(readFields(core, { prompt }).values).toEqual({ prompt });
});

it('does not read a file or a URL as an image', () => {
  expect(readFields(editForm('erase'), { image: 'AAAA', mask: 'https://example.com/x.png' })).toEqual({ values: {}, rejected: ['image', 'mask'] });
});

it('a list of strings is written as JSON, and other JSON is rejected', () => {
  const form = formOf({ ...PAGE_MODELS[0], parameters: { tags: { type: 'texts', maxItems: 2 } } });
  expect(readFields(form, writeFields(form, { tags: ['a', 'b,c'] })).values).toEqual({ tags: ['a', 'b,c'] });
  for (const tags of ['["a",1]', '{', '"a"', '["a","b","c"]']) expect(readFields(form, { tags })).toEqual({ values: {}, rejected: ['tags'] });
});

it('values are read as they were written', () => {
  const values = fc.record({
    prompt: fc.string({ unit: 'binary', minLength: 1 }).map((text) => `${text}x`),
    style: fc.constantFrom('photorealism', 'design-sketch'),
    size: fc.constantFrom('1280x720', '512x512'),
    count: fc.integer({ min: 2, max: 4 }),
    seed: fc.integer({ min: 0, max: 858_993_459 }),
    cfgScale: fc.double({ min: 1.1, max: 6.4, noNaN: true }),
    quality: fc.constant('premium'),
    enhancePrompt: fc.constant(true),
  }, { requiredKeys: [] });
  const form = modelForm('nova-canvas');
  fc.assert(fc.property(values, (given) => {
    expect(readFields(form, writeFields(form, given))).toEqual({ values: { ...given }, rejected: [] });
  }));
});

it('values are those of the form only, not properties of all objects', () => {
  expect([valueOf({}, 'constructor'), isSet({}, 'toString'), isSet({ tags: [] }, 'tags'), isSet({ a: 0 }, 'a'), isSet({ a: false }, 'a')])
    .toEqual([undefined, false, false, true, true]);
  expect(withValue(withValue({ a: 1 }, 'b', 2), 'a', undefined)).toEqual({ b: 2 });
});

it('a control without a value shows the default or the middle', () => {
  expect([
    initialValue({ type: 'number', minimum: 0, maximum: 1, default: 0.35 }),
    initialValue({ type: 'number', minimum: 0.1, maximum: 0.2 }),
    initialValue({ type: 'integer', minimum: 0, maximum: 5 }),
    initialValue({ type: 'choice', values: ['a', 'b'] }),
    initialValue({ type: 'choice', values: ['a', 'b'], required: true }),
    initialValue({ type: 'boolean' }),
    initialValue({ type: 'text', minLength: 1, maxLength: 2 }),
  ]).toEqual([0.35, 0.15, 3, undefined, 'a', false, undefined]);
});
