import { isObject } from './validation';

/** How the service answers valid requests until told otherwise. */
export const MODE_NAMES = [
  'ok', 'throttle', 'filter-prompt', 'filter-output', 'slow', 'end-of-life', 'access-denied', 'server-error', 'malformed', 'truncated', 'reset',
] as const;
export type ModeName = typeof MODE_NAMES[number];

export interface Mode {
  readonly mode: ModeName;
  /** How many requests more it lasts; absent: until changed. */
  readonly times?: number;
  /** What passes before the answer. */
  readonly delayMs?: number;
}

/** How one request ended: as asked for by the mode, or refused because the real service would refuse it. */
export interface Call {
  readonly modelId: string;
  readonly outcome: ModeName | 'refused';
  readonly at: string;
}

const OK: Mode = { mode: 'ok' };
const DEFAULT_SLOWNESS_MS = 5000;
const MAX_DELAY_MS = 600_000;

/** What the tester sets and reads: the mode and the calls so far. */
export class Control {
  private current: Mode = OK;
  private readonly ledger: Call[] = [];

  get mode(): Mode {
    return this.current;
  }

  get calls(): { readonly total: number; readonly calls: readonly Call[] } {
    return { total: this.ledger.length, calls: this.ledger };
  }

  setMode(mode: Mode): void {
    this.current = mode;
  }

  /** The mode for one valid request. It counts at once, so parallel requests never share the last of its `times`. */
  takeMode(): Mode {
    const taken = this.current;
    if (taken.times !== undefined) {
      this.current = taken.times > 1 ? { ...taken, times: taken.times - 1 } : OK;
    }
    return taken;
  }

  record(modelId: string, outcome: Call['outcome']): void {
    this.ledger.push({ modelId, outcome, at: new Date().toISOString() });
  }

  forgetCalls(): void {
    this.ledger.length = 0;
  }
}

export function delayOf(mode: Mode): number {
  return mode.delayMs ?? (mode.mode === 'slow' ? DEFAULT_SLOWNESS_MS : 0);
}

/** A mode as it comes over the wire; throws a message that names the field, the value and the choices. */
export function parseMode(input: unknown): Mode {
  if (!isObject(input)) throw new TypeError(`the body must be a JSON object such as {"mode":"throttle","times":1}, got ${JSON.stringify(input)}`);
  const unknown = Object.keys(input).filter((key) => !['mode', 'times', 'delayMs'].includes(key));
  if (unknown.length > 0) throw new TypeError(`unknown field '${unknown[0]}'; the fields are 'mode', 'times' and 'delayMs'`);
  const name = MODE_NAMES.find((candidate) => candidate === input.mode);
  if (name === undefined) throw new TypeError(`'mode' must be one of ${MODE_NAMES.join(', ')}, got ${JSON.stringify(input.mode)}`);
  checkInteger('times', input.times, 1, Number.MAX_SAFE_INTEGER);
  checkInteger('delayMs', input.delayMs, 0, MAX_DELAY_MS);
  return { mode: name, times: input.times as number | undefined, delayMs: input.delayMs as number | undefined };
}

function checkInteger(field: string, value: unknown, low: number, high: number): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high) {
    throw new TypeError(`'${field}' must be an integer from ${low} to ${high} or be left out, got ${JSON.stringify(value)}`);
  }
}
