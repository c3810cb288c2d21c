import { Measurements } from '../../../../src/handlers/generation/measurement/measurements';

const image = (bytes: number) => ({ key: 'k', contentType: 'image/png', width: 2, height: 3, bytes });

let measurements: Measurements;
beforeEach(() => { measurements = new Measurements(); });

it('a request that has the result of an earlier one is counted once, whatever else is counted', () => {
  measurements.add('images');
  measurements.reuse();
  measurements.reuse();
  expect(measurements.byModel).toEqual([{ model: undefined, values: new Map([['images', [1]], ['reused', [1]]]) }]);
});

it('images have the size of the first one and the bytes of all', () => {
  expect(measurements.fields).toStrictEqual({});
  measurements.addImage(image(4));
  measurements.addImage({ ...image(5), width: 9 });
  expect(measurements.fields).toStrictEqual({ size: '2x3', bytes: 9 });
  expect(measurements.byModel[0].values).toEqual(new Map([['images', [1, 1]]]));
});

it('values without a model belong to that of the request', () => {
  measurements.describe({ model: 'a' });
  measurements.add('latency', 1);
  measurements.add('latency', 2, 'text');
  expect(measurements.byModel).toEqual([{ model: 'a', values: new Map([['latency', [1]]]) }, { model: 'text', values: new Map([['latency', [2]]]) }]);
});

it('without a model of the request, the first model that was called counts as such', () => {
  measurements.add('filtered');
  measurements.add('latency', 2, 'text');
  expect(measurements.fields).toStrictEqual({ model: 'text' });
  expect(measurements.byModel).toEqual([{ model: 'text', values: new Map([['filtered', [1]], ['latency', [2]]]) }]);
});
