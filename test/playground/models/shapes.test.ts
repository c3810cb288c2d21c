import fc from 'fast-check';
import { nearestAspectRatio } from '../../../src/handlers/requests/image-size';
import { imageRatio, nearestShape, ratioOf, shapesOf } from '../../../src/playground/models/shapes';
import { editForm, modelForm } from '../../fixtures/playground-models';

const RATIOS = ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'];

it('shapes are sorted from tall to wide', () => {
  expect(shapesOf(RATIOS).map(({ value }) => value)).toEqual(['9:21', '9:16', '2:3', '4:5', '1:1', '5:4', '3:2', '16:9', '21:9']);
});

it('a drawn shape has its ratio and the area 1', () => {
  for (const { ratio, width, height } of shapesOf(RATIOS)) {
    expect(width / height).toBeCloseTo(ratio);
    expect(width * height).toBeCloseTo(1);
  }
});

it('sizes are shapes, and values that are neither come last', () => {
  expect(shapesOf(['wide', '1024x512', '512x1024', '0:1']).map(({ value }) => value)).toEqual(['512x1024', '1024x512', 'wide', '0:1']);
});

it.each(['', '1', '0:5', '5:0', 'a:b', '1:2:3', '-1:2'])('%p has no ratio', (value) => {
  expect(ratioOf(value)).toBeUndefined();
});

describe('the ratio of an image', () => {
  it('is that of the shape, of the size, or of their defaults', () => {
    expect(imageRatio(modelForm('stable-image-core'), { aspectRatio: '16:9' })).toBeCloseTo(16 / 9);
    expect(imageRatio(modelForm('stable-image-core'), {})).toBe(1);
    expect(imageRatio(modelForm('nova-canvas'), { size: '1280x640' })).toBe(2);
    expect(imageRatio(modelForm('titan-image-generator-v2'), {})).toBe(1);
  });

  it('is that of the input image if the model takes it from there', () => {
    expect(imageRatio(modelForm('sd3-5-large'), { aspectRatio: '16:9', image: 'x' }, { width: 300, height: 200 })).toBe(1.5);
    expect(imageRatio(editForm('inpaint'), {}, { width: 300, height: 200 })).toBe(1.5);
    expect(imageRatio(editForm('inpaint'), {})).toBe(1);
  });
});

it('the nearest shape of a size is the one that the API takes', () => {
  expect(nearestShape({ width: 1024, height: 768 }, RATIOS)).toBe('5:4');
  expect(nearestShape({ width: 1, height: 1 }, ['wide'])).toBeUndefined();
  fc.assert(fc.property(fc.integer({ min: 64, max: 4096 }), fc.integer({ min: 64, max: 4096 }), (width, height) => {
    const ratio = (value: string) => ratioOf(value)!;
    const distance = (value: string) => Math.abs(Math.log(width / height) - Math.log(ratio(value)));
    expect(distance(nearestShape({ width, height }, RATIOS)!)).toBeCloseTo(distance(nearestAspectRatio(width, height, RATIOS)));
  }));
});
