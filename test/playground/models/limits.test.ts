import { imageIssue, listFormats } from '../../../src/playground/models/image-limits';
import { formIssues } from '../../../src/playground/models/limits';
import { charactersLeft, lengthState, textLength } from '../../../src/playground/models/prompt-length';
import { parseSize, sizeIssue, sizeLimitsText } from '../../../src/playground/models/size-limits';
import { type FormValues } from '../../../src/playground/models/values';
import { FAMILIES } from '../../../src/private/contract/models';
import { editForm, modelForm, PAGE_EDITS } from '../../fixtures/playground-models';

const core = modelForm('stable-image-core');
const nova = modelForm('nova-canvas');

describe('the length of a prompt', () => {
  it('is counted in code points in normalization form C', () => {
    expect(textLength('é'.normalize('NFD'))).toBe(1);
    expect(textLength('🦊')).toBe(1);
    expect(textLength('')).toBe(0);
  });

  it('includes the words of a style', () => {
    expect(charactersLeft('a fox', 100, 'watercolor')).toBe(100 - 'a fox, watercolor'.length);
    expect(charactersLeft('a fox', 100)).toBe(95);
  });

  it('is low below ten percent, and over above the limit', () => {
    expect([1000, 999, 0, -1].map((left) => lengthState(left, 10_000))).toEqual(['ok', 'low', 'low', 'over']);
  });

  it('is an issue with the words of a style although the text alone fits', () => {
    const prompt = 'x'.repeat(9_995);
    expect(formIssues(core, { prompt })).toEqual([]);
    expect(formIssues(core, { prompt, style: 'watercolor' })).toEqual([{ name: 'prompt', text: '7 characters too long. At most 10,000.' }]);
  });
});

it.each<[FormValues, string, string]>([
  [{}, 'prompt', 'Say it in a few words.'],
  [{ prompt: ' ' }, 'prompt', 'Say it in a few words.'],
  [{ prompt: `${'x'.repeat(1024)}y` }, 'prompt', '1 character too long. At most 1,024.'],
  [{ prompt: 'x', cfgScale: 1 }, 'cfgScale', 'A number from 1.1 to 10.'],
  [{ prompt: 'x', seed: 1.5 }, 'seed', 'A whole number from 0 to 858,993,459.'],
  [{ prompt: 'x', quality: 'best' }, 'quality', 'best is not available with this model.'],
  [{ prompt: 'x', size: '100x100' }, 'size', 'Each side from 320 to 4096 pixels.'],
  [{ prompt: 'x', size: 'wide' }, 'size', 'Width and height in pixels.'],
])('the values %j have an issue at %s', (values, name, text) => {
  expect(formIssues(nova, values)).toEqual([{ name, text }]);
});

it('the issues are in the order of the form, one a field', () => {
  expect(formIssues(nova, { cfgScale: 99, size: '1x1' }).map(({ name }) => name)).toEqual(['prompt', 'size', 'cfgScale']);
});

it('nothing is an issue with a field that is not shown', () => {
  expect(formIssues(modelForm('sd3-5-large'), { prompt: 'x', strength: 99 })).toEqual([]);
});

describe('edits', () => {
  it('require an image, and a mask where they have one', () => {
    expect(formIssues(editForm('erase'), {})).toEqual([{ name: 'mask', text: 'Paint over a part first.' }, { name: 'image', text: 'Choose an image.' }]);
    expect(formIssues(editForm('erase'), { image: 'x', mask: 'y' })).toEqual([]);
  });

  it('require a side of Extend', () => {
    expect(formIssues(editForm('outpaint'), { image: 'x', left: 0 })).toEqual([{ name: 'left', text: 'Pull an edge first.' }]);
    expect(formIssues(editForm('outpaint'), { image: 'x', down: 1 })).toEqual([]);
  });
});

it.each<[string, string | undefined]>([
  ['1024x1024', undefined],
  ['1024x1000', 'Each side in steps of 16 pixels.'],
  ['4096x1024', 'At most 4,194,303 pixels in all.'],
  ['2048x320', 'The longer side may be at most 4 times the shorter.'],
])('the size %s of Nova Canvas has the issue %p', (size, issue) => {
  expect(sizeIssue(size, FAMILIES['amazon-image'].parameters.size!)).toBe(issue);
});

it('the limits of a size are one line', () => {
  expect(sizeLimitsText(FAMILIES['amazon-image'].parameters.size!)).toBe('320 to 4096 pixels, in steps of 16. The longer side may be at most 4 times the shorter.');
  expect(sizeLimitsText({ type: 'size', minimum: 64, maximum: 512, multipleOf: 1, default: '64x64' })).toBe('64 to 512 pixels.');
});

it.each(['', 'x', '12', '12x', '-1x2', '1e3x2', '1.5x2', '999999x1'])('%p is no size', (text) => {
  expect(parseSize(text)).toBeUndefined();
});

describe('an input image', () => {
  const parameterOf = (operation: string) => {
    const parameter = PAGE_EDITS.find((edit) => edit.operation === operation)!.parameters.image;
    if (parameter.type !== 'image') throw new Error('no image');
    return parameter;
  };

  it.each<[string, { format: string; width: number; height: number }, string | undefined]>([
    ['inpaint', { format: 'png', width: 1024, height: 1024 }, undefined],
    ['inpaint', { format: 'heic', width: 1024, height: 1024 }, 'Use PNG, JPEG or WebP.'],
    ['inpaint', { format: 'png', width: 6000, height: 900 }, 'It is 6000 × 900 pixels. The longer side may be at most 2.5 times the shorter.'],
    ['inpaint', { format: 'png', width: 60, height: 100 }, 'It is 60 × 100 pixels. Each side needs at least 64.'],
    ['inpaint', { format: 'jpeg', width: 4000, height: 3000 }, 'It is 4000 × 3000 pixels. It may have at most 9,437,184 pixels in all.'],
    ['fast-upscale', { format: 'webp', width: 2000, height: 400 }, 'It is 2000 × 400 pixels. Each side may have at most 1536.'],
    ['creative-upscale', { format: 'webp', width: 64, height: 63 }, 'It is 64 × 63 pixels. Each side needs at least 64.'],
    ['fast-upscale', { format: 'webp', width: 32, height: 32 }, undefined],
  ])('of %s, %j, has the issue %p', (operation, image, issue) => {
    expect(imageIssue(image, parameterOf(operation))).toBe(issue);
  });

  it('has too few pixels', () => {
    expect(imageIssue({ format: 'png', width: 10, height: 10 }, { type: 'image', formats: ['png'], minSide: 1, minPixels: 101 }))
      .toBe('It is 10 × 10 pixels. It needs at least 101 pixels in all.');
  });
});

it('formats are listed in one order', () => {
  expect([['webp', 'jpeg', 'png'], ['png'], ['gif', 'png'], []].map((formats) => listFormats(formats))).toEqual(['PNG, JPEG or WebP', 'PNG', 'PNG or GIF', '']);
});
