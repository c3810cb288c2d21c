import { Measurements } from '../../../../src/handlers/generation/measurement/measurements';

it('a request that has the result of an earlier one is counted once, whatever else is counted', () => {
  const measurements = new Measurements();
  measurements.add('images');
  measurements.reuse();
  measurements.reuse();
  expect(measurements.byModel).toEqual([{ model: undefined, values: new Map([['images', [1]], ['reused', [1]]]) }]);
});
