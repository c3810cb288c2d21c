import { aboutCost, costOf, endLine, modelLine } from '../../../src/playground/models/prices';
import { createFormats } from '../../../src/playground/words/formats';
import { type Model } from '../../../src/private/contract/responses';
import { PAGE_MODELS } from '../../fixtures/playground-models';

const formats = createFormats({ locale: 'en-GB', timeZone: 'UTC', now: () => Date.parse('2026-09-01T00:00:00Z') });
const [core] = PAGE_MODELS;
const unpriced: Model = { ...core, priceUsd: undefined };

it('the button says what the images cost together', () => {
  expect(aboutCost(core, 4, formats)).toBe('about $0.16');
  expect(costOf(core, 4)).toBeCloseTo(0.16);
});

it('an unknown price is no price, never $0.00', () => {
  expect(aboutCost(unpriced, 4, formats)).toBeUndefined();
  expect(costOf(unpriced, 4)).toBeUndefined();
  expect(modelLine(unpriced, 5, formats)).toBe('about 5 s · runs in us-west-2');
});

it('the line of a model has its price, its duration and its Region', () => {
  expect(modelLine(core, 5, formats)).toBe('$0.04 an image · about 5 s · runs in us-west-2');
  expect(modelLine(core, undefined, formats)).toBe('$0.04 an image · runs in us-west-2');
});

it.each<[Model['lifecycle'], string | undefined]>([
  [{ status: 'active' }, undefined],
  [{ status: 'active', endOfLife: '2027-01-01' }, undefined],
  [{ status: 'legacy', endOfLife: '2026-09-30' }, 'Ends on 30 September'],
  [{ status: 'legacy', endOfLife: '2027-01-02' }, 'Ends on 2 January 2027'],
  [{ status: 'legacy' }, 'This model is going to end'],
  [{ status: 'ended', endOfLife: '2026-06-30' }, 'Ended on 30 June'],
])('the lifecycle %j is shown as %p', (lifecycle, line) => {
  expect(endLine({ lifecycle }, formats)).toBe(line);
});
