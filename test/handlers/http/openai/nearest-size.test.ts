import fc from 'fast-check';
import { nearestSize } from '../../../../src/handlers/http/openai/nearest-size';
import { sizeErrors } from '../../../../src/handlers/requests/image-size';
import { catalogModel, FAMILIES, type ModelParameters } from '../../../../src/private/contract/models';
import { propertyRuns } from '../../../helpers/mutation-runs';

const parametersOf = (id: string): ModelParameters => catalogModel(id)?.parameters ?? FAMILIES[catalogModel(id)!.family].parameters;
const CORE = parametersOf('stability.stable-image-core-v1:1');
const NOVA = parametersOf('amazon.nova-canvas-v1:0');
const TITAN = parametersOf('amazon.titan-image-generator-v2:0');
const SAGEMAKER = FAMILIES['sagemaker-stable-diffusion'].parameters;

describe('nearestSize', () => {
  it.each<[string, ModelParameters, object | undefined]>([
    ['auto', CORE, undefined],
    ['1024x1024', CORE, { aspectRatio: '1:1' }],
    ['1536x1024', CORE, { aspectRatio: '3:2' }],
    ['1024x1536', CORE, { aspectRatio: '2:3' }],
    ['1792x1024', CORE, { aspectRatio: '16:9' }],
    ['1024x1792', CORE, { aspectRatio: '9:16' }],
    ['1000x1010', CORE, { aspectRatio: '1:1' }],
    ['9999x10', CORE, { aspectRatio: '21:9' }],
    ['1024x1024', TITAN, { width: 1024, height: 1024 }],
    ['256x256', TITAN, { width: 512, height: 512 }],
    ['1792x1024', TITAN, { width: 1408, height: 768 }],
    ['1024x1792', TITAN, { width: 768, height: 1408 }],
    ['1024x1536', NOVA, { width: 1024, height: 1536 }],
    ['100x100', NOVA, { width: 320, height: 320 }],
    ['100x400', NOVA, { width: 320, height: 1280 }],
    ['4096x4096', NOVA, { width: 2032, height: 2032 }],
    ['5000x1000', NOVA, { width: 4032, height: 1008 }],
    ['1023x1025', SAGEMAKER, { width: 1016, height: 1024 }],
    ['4000x1000', SAGEMAKER, { width: 2048, height: 512 }],
  ])('returns the nearest size of the model for %s', (size, parameters, expected) => expect(nearestSize(size, parameters)).toEqual(expected));

  it('returns the first of two sizes that are equally near', () => {
    const parameters = { ...TITAN, size: { ...TITAN.size!, values: ['512x1024', '1024x512'] } };
    expect(nearestSize('512x512', parameters)).toEqual({ width: 512, height: 1024 });
  });

  it('returns a size that the model supports for any requested size', () => {
    const side = fc.integer({ min: 10, max: 9999 });
    fc.assert(fc.property(side, side, fc.constantFrom(NOVA, TITAN, SAGEMAKER), (width, height, parameters) => {
      const size = nearestSize(`${width}x${height}`, parameters) as Record<string, unknown>;
      expect(sizeErrors(size, parameters, 'm')).toEqual([]);
    }), { numRuns: propertyRuns(2000) });
  });
});
