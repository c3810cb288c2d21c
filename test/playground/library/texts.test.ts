import { daysLeftLabel, deletionText } from '../../../src/playground/library/expiry';
import { fileName } from '../../../src/playground/library/file-name';
import { altText, promptOfImage, promptText } from '../../../src/playground/library/prompts';
import { settingsOf, withPrompt } from '../../../src/playground/library/settings';
import { FORMATS, PAGE_NOW } from '../../fixtures/playground-formats';
import { modelForm } from '../../fixtures/playground-models';
import { IMAGE_ID, pageRecord } from '../../fixtures/playground-tiles';

const kept = (text: string) => ({ kept: true, text }) as const;
const NONE = new Map<string, string>();
const HASH = `sha256:${'0'.repeat(64)}`;

describe('the prompt of an image', () => {
  it('is that of the record', () => {
    expect(promptOfImage({ id: IMAGE_ID, prompt: 'a fox' }, NONE)).toEqual(kept('a fox'));
  });

  it('is that of this tab if the API does not keep it', () => {
    const tab = new Map([[IMAGE_ID, 'a fox']]);
    expect(promptOfImage({ id: IMAGE_ID, prompt: HASH }, tab)).toEqual(kept('a fox'));
    expect(promptOfImage({ id: IMAGE_ID }, tab)).toEqual(kept('a fox'));
  });

  it('is not known otherwise, and the page says so', () => {
    expect(promptText(promptOfImage({ id: IMAGE_ID, prompt: HASH }, NONE))).toBe('Prompt not kept by this API');
    expect(promptOfImage({ id: IMAGE_ID }, NONE)).toEqual({ kept: false });
  });

  it('that only looks like a hash is a prompt', () => {
    expect(promptOfImage({ id: IMAGE_ID, prompt: 'sha256: the painting' }, NONE)).toEqual(kept('sha256: the painting'));
  });
});

describe('the alternative text', () => {
  it('is the prompt with the seed', () => {
    expect(altText(kept('a fox'), { seed: 8 })).toBe('a fox, seed 8');
    expect(altText(kept('a moon'), { operation: 'inpaint' })).toBe('Edit (inpaint): a moon');
    expect(altText({ kept: false }, {})).toBe('Prompt not kept by this API');
  });

  it('has at most 150 characters, and does not cut an emoji', () => {
    const text = altText(kept('🦊'.repeat(200)), { seed: 8 });
    expect([...text]).toHaveLength(150);
    expect(text).toMatch(/^(🦊)+…, seed 8$/u);
    expect([...altText(kept('x'.repeat(150)), {})]).toHaveLength(150);
    expect(altText(kept('x'.repeat(150)), {})).not.toContain('…');
  });
});

describe('an image that is about to be deleted', () => {
  const left = (hours: number, status: 'succeeded' | 'failed' = 'succeeded') =>
    daysLeftLabel({ status, imageExpiresAt: new Date(PAGE_NOW + hours * 3_600_000).toISOString() }, PAGE_NOW);

  it.each([
    [72, '3 days left'], [72.1, undefined], [49, '2 days left'], [24, '1 day left'], [23.9, '23 hours left'], [1, '1 hour left'], [0.5, 'Less than 1 hour left'], [0, undefined], [-1, undefined],
  ])('%d hours before has the label %p', (hours, label) => {
    expect(left(hours)).toBe(label);
  });

  it('and that does not exist has no label', () => {
    expect(left(24, 'failed')).toBeUndefined();
  });
});

it('details say when an image is deleted', () => {
  expect(deletionText({ imageExpiresAt: '2026-12-26T10:00:00Z' }, 30, FORMATS)).toBe('Deleted on 26 December (30 days)');
  expect(deletionText({ imageExpiresAt: '2026-12-26T10:00:00Z' }, 1, FORMATS)).toBe('Deleted on 26 December (1 day)');
  expect(deletionText({ imageExpiresAt: '2026-12-26T10:00:00Z' }, undefined, FORMATS)).toBe('Deleted on 26 December');
});

it.each([
  ['a harbour at dawn', 8, 'image/png', 'a-harbour-at-dawn-8.png'],
  ['  ../../etc/passwd\u0000 ', 8, 'image/jpeg', 'etc-passwd-8.jpg'],
  ['Ein Käse: "groß"', undefined, 'image/webp', 'ein-käse-groß.webp'],
  ['漢字 🦊', 1, 'image/gif', '漢字-1.png'],
  ['!!!', 2, 'constructor', 'image-2.png'],
  ['x'.repeat(200), undefined, 'image/png', `${'x'.repeat(60)}.png`],
])('the prompt %p with the seed %p is the file %s', (prompt, seed, contentType, name) => {
  expect(fileName(kept(prompt), { seed, contentType })).toBe(name);
});

it('a file without a prompt is an image', () => {
  expect(fileName({ kept: false }, { seed: 8, contentType: 'image/png' })).toBe('image-8.png');
});

describe('the settings of an image', () => {
  const core = modelForm('stable-image-core');
  const nova = modelForm('nova-canvas');

  it('are the parameters of its request, with the seed of its file', () => {
    const parameters = { aspectRatio: '16:9', outputFormat: 'jpeg', negativePrompt: 'snow', seed: 1 };
    expect(settingsOf(core, { record: { ...pageRecord({}, 3), parameters }, index: 2, shown: kept('a fox') })).toEqual({
      values: { aspectRatio: '16:9', outputFormat: 'jpeg', negativePrompt: 'snow', seed: 3, prompt: 'a fox' }, complete: true,
    });
  });

  it('have width and height, or a size', () => {
    expect(settingsOf(nova, { record: { images: [], parameters: { width: 1280, height: 720 } }, index: 0, shown: { kept: false } }).values).toEqual({ size: '1280x720' });
    expect(settingsOf(nova, { record: { images: [], parameters: { size: '1280x720' } }, index: 0, shown: { kept: false } }).values).toEqual({ size: '1280x720' });
  });

  it('leave out what does not fit the model, files, hashes of texts, and what is no value', () => {
    const parameters = { negativePrompt: HASH, aspectRatio: '7:3', steps: 20, image: 'AAAA', strength: { a: 1 }, outputFormat: 'webp' };
    expect(settingsOf(modelForm('sd3-5-large'), { record: { images: [], parameters }, index: 0, shown: { kept: false } }).values).toEqual({ outputFormat: 'webp' });
  });

  it('of a record without parameters are its prompt, seed and shape, and not complete', () => {
    const record = pageRecord({ images: [{ seed: 8, contentType: 'image/png', width: 1344, height: 768 }] });
    expect(settingsOf(core, { record, index: 0, shown: kept('a fox') })).toEqual({ values: { aspectRatio: '16:9', seed: 8, prompt: 'a fox' }, complete: false });
    expect(settingsOf(nova, { record, index: 0, shown: { kept: false } })).toEqual({ values: { size: '1344x768', seed: 8 }, complete: false });
    expect(settingsOf(core, { record, index: 5, shown: { kept: false } })).toEqual({ values: {}, complete: false });
  });

  it('a prompt that is not kept leaves the one of the form', () => {
    expect(withPrompt({ prompt: 'a bear' }, { kept: false })).toEqual({ prompt: 'a bear' });
    expect(withPrompt({ prompt: 'a bear', seed: 1 }, kept('a fox'))).toEqual({ prompt: 'a fox', seed: 1 });
  });
});
