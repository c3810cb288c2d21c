import { createFormats } from '../../../src/playground/words/formats';
import { FORMATS, PAGE_NOW } from '../../fixtures/playground-formats';

it.each([[0.04, '$0.04'], [0.6, '$0.60'], [1234.5, '$1,234.50'], [0, '$0.00'], [0.005, '$0.01'], [0.0049, 'less than $0.01'], [0.0000001, 'less than $0.01']])(
  '%d US dollars are %s', (usd, text) => {
    expect(FORMATS.money(usd)).toBe(text);
  },
);

it.each([[0, '0 s'], [-3, '0 s'], [5.4, '5 s'], [59.4, '59 s'], [59.6, '1 min'], [80, '1 min 20 s'], [3600, '1 h'], [3660, '1 h 1 min'], [7200, '2 h']])(
  '%d seconds are %s', (seconds, text) => {
    expect(FORMATS.duration(seconds)).toBe(text);
  },
);

it('numbers, times and days are those of the locale', () => {
  expect([FORMATS.number(9983), FORMATS.time(PAGE_NOW), FORMATS.day('2026-11-24T10:00:00Z'), FORMATS.day('2027-01-02T10:00:00Z')])
    .toEqual(['9,983', '12:00', '24 November', '2 January 2027']);
  const german = createFormats({ locale: 'de-DE', timeZone: 'Europe/Berlin', now: () => PAGE_NOW });
  expect([german.number(9983), german.money(0.04), german.time(PAGE_NOW), german.day(PAGE_NOW)]).toEqual(['9.983', '0,04\u00a0$', '13:00', '27. November']);
});

it('recent days have names', () => {
  expect(['2026-11-27T00:00:00Z', '2026-11-26T23:59:00Z', '2026-11-25T23:59:00Z'].map(FORMATS.relativeDay)).toEqual(['Today', 'Yesterday', '25 November']);
  expect(FORMATS.moment('2026-11-27T09:30:00Z')).toBe('today, 09:30');
  expect(FORMATS.moment('2026-11-24T09:30:00Z')).toBe('24 November, 09:30');
});

it('days are those of the time zone, dates without a time are not', () => {
  const tokyo = createFormats({ locale: 'en-GB', timeZone: 'Asia/Tokyo', now: () => PAGE_NOW });
  expect(tokyo.relativeDay('2026-11-26T15:00:00Z')).toBe('Today');
  expect(tokyo.utcDay('2026-09-30')).toBe('30 September');
  const honolulu = createFormats({ locale: 'en-GB', timeZone: 'Pacific/Honolulu', now: () => PAGE_NOW });
  expect(honolulu.utcDay('2026-09-30')).toBe('30 September');
});
