/** Numbers, money, dates and durations by `Intl`. The locale, the time zone and the clock are given, so that tests get the same texts everywhere. */

export interface Formats {
  /** A number with separators: "9,983". */
  readonly number: (value: number) => string;
  /** US dollars: "$0.04". Amounts that would round to zero are "less than $0.01". */
  readonly money: (usd: number) => string;
  /** Seconds as a short text: "5 s", "1 min 20 s", "2 h". */
  readonly duration: (seconds: number) => string;
  /** Time of the day: "14:05". */
  readonly time: (at: Instant) => string;
  /** Day, with the year if it is not the current one: "24 November". */
  readonly day: (at: Instant) => string;
  /** A date (ISO, UTC) without a time: "30 September". */
  readonly utcDay: (date: string) => string;
  /** "Today", "Yesterday" or the day. */
  readonly relativeDay: (at: Instant) => string;
  /** "today, 09:30", or the day with the time. */
  readonly moment: (at: Instant) => string;
  /** Current time in epoch milliseconds. */
  readonly now: () => number;
}

/** An ISO 8601 text or epoch milliseconds. */
export type Instant = string | number;

export interface FormatOptions {
  /** Locale of numbers and dates. Default: the one of the browser. */
  readonly locale?: string;
  /** Default: the time zone of the browser. */
  readonly timeZone?: string;
  /** Returns the current time in epoch milliseconds. */
  readonly now: () => number;
}

const SMALLEST_USD = 0.01;
const DAY_MS = 86_400_000;

/** Creates the formats. */
export function createFormats({ locale, timeZone, now }: FormatOptions): Formats {
  const numbers = new Intl.NumberFormat(locale);
  const dollars = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' });
  const times = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone });
  const days = dayFormat(locale, timeZone, now);
  const key = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone });
  const keyOf = (at: number) => key.format(at);
  const relativeDay = (at: Instant) => {
    const day = keyOf(epoch(at));
    if (day === keyOf(now())) return 'Today';
    return day === keyOf(now() - DAY_MS) ? 'Yesterday' : days(at);
  };
  const time = (at: Instant) => times.format(epoch(at));
  return {
    number: (value) => numbers.format(value),
    money: (usd) => (usd > 0 && usd < SMALLEST_USD / 2 ? `less than ${dollars.format(SMALLEST_USD)}` : dollars.format(usd)),
    duration: describeDuration,
    time,
    day: days,
    utcDay: dayFormat(locale, 'UTC', now),
    relativeDay,
    moment: (at) => `${lowerFirst(relativeDay(at))}, ${time(at)}`,
    now,
  };
}

/** Returns seconds as a text: "5 s", "1 min 20 s", "2 h". */
function describeDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

function dayFormat(locale: string | undefined, timeZone: string | undefined, now: () => number): (at: Instant) => string {
  const year = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone });
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone });
  const long = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone });
  return (at) => (year.format(epoch(at)) === year.format(now()) ? short : long).format(epoch(at));
}

function epoch(at: Instant): number {
  return typeof at === 'number' ? at : Date.parse(at);
}

/** Lowers "Today" and "Yesterday" inside a line; a day such as "24 November" has no letter first, others such as "November 24" keep theirs. */
function lowerFirst(text: string): string {
  return text === 'Today' || text === 'Yesterday' ? text.toLowerCase() : text;
}
