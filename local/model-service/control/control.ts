import { isObject } from '../schema/schema-validation';

/** How the service responds to valid model calls. */
export const MODEL_MODES = [
  'ok', 'throttle', 'filter-prompt', 'filter-output', 'slow', 'end-of-life', 'access-denied', 'server-error', 'malformed', 'truncated', 'reset',
  // input image filtered, some of several images filtered, failure reported by the model
  'filter-input', 'filter-some', 'inference-error',
  // reasoning content before the text
  'reasoning',
  // less common errors
  'model-error', 'model-timeout', 'not-ready', 'unavailable', 'quota-exceeded',
] as const;
export type ModelMode = typeof MODEL_MODES[number];

/** How guardrails respond. These modes do not affect models, and model modes do not affect guardrails. */
export const GUARDRAIL_MODES = ['guardrail-input', 'guardrail-output', 'guardrail-error'] as const;
export type GuardrailMode = typeof GUARDRAIL_MODES[number];

export const MODE_NAMES = [...MODEL_MODES, ...GUARDRAIL_MODES] as const;
export type ModeName = ModelMode | GuardrailMode;

export interface Mode<Name extends ModeName = ModeName> {
  readonly mode: Name;
  /** Number of requests that use the mode. Without it, the mode lasts until it changes. */
  readonly times?: number;
  /** Delay of the response. */
  readonly delayMs?: number;
  /** Part of the id of the affected models or guardrails. Without it, the mode affects all. */
  readonly model?: string;
}

/** A model call. Its outcome is the mode, or `rejected` for an invalid request. */
export interface Call {
  readonly modelId: string;
  readonly outcome: ModelMode | 'rejected';
  readonly at: string;
}

/** A call of ApplyGuardrail. */
export interface GuardrailCall {
  readonly guardrailId: string;
  readonly source?: string;
  readonly outcome: 'ok' | 'intervened' | 'guardrail-error' | 'rejected';
  readonly at: string;
}

export interface Calls {
  readonly total: number;
  readonly calls: readonly Call[];
  readonly guardrailCalls: readonly GuardrailCall[];
  /** Maximum number of concurrent model calls since the calls were cleared. */
  readonly mostAtOnce: number;
}

const OK = { mode: 'ok' } as const;
const FIELDS = ['mode', 'times', 'delayMs', 'model'];
const DEFAULT_SLOW_DELAY_MS = 5000;
const MAX_DELAY_MS = 600_000;

/** The mode and the calls, which tests set and read. */
export class Control {
  private current: Mode = OK;
  private readonly modelCalls: Call[] = [];
  private readonly guardrailCalls: GuardrailCall[] = [];
  private running = 0;
  private mostAtOnce = 0;

  get mode(): Mode {
    return this.current;
  }

  get calls(): Calls {
    return { total: this.modelCalls.length, calls: this.modelCalls, guardrailCalls: this.guardrailCalls, mostAtOnce: this.mostAtOnce };
  }

  setMode(mode: Mode): void {
    this.current = mode;
  }

  /**
   * Returns the mode for one valid request and decrements its `times`. A mode that is not in `supported` does not affect the
   * request and is not decremented. The method is synchronous, so that parallel requests cannot use the same count.
   */
  consumeMode<Name extends ModeName>(id: string, supported: readonly Name[]): Mode<Name | 'ok'> {
    const mode = this.current;
    if (!isOneOf(mode, supported) || (mode.model !== undefined && !id.includes(mode.model))) return OK;
    if (mode.times !== undefined) {
      this.current = mode.times > 1 ? { ...mode, times: mode.times - 1 } : OK;
    }
    return mode;
  }

  /** Records a model call. */
  record(modelId: string, outcome: Call['outcome']): void {
    this.modelCalls.push({ modelId, outcome, at: new Date().toISOString() });
  }

  /** Counts a model call as concurrent until `respond` completes. */
  async trackConcurrency<T>(respond: () => Promise<T>): Promise<T> {
    this.running++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
    try {
      return await respond();
    } finally {
      this.running--;
    }
  }

  /** Records a call of ApplyGuardrail. */
  recordGuardrail(guardrailId: string, source: string | undefined, outcome: GuardrailCall['outcome']): void {
    this.guardrailCalls.push({ guardrailId, source, outcome, at: new Date().toISOString() });
  }

  /** Deletes all recorded calls. */
  clearCalls(): void {
    this.modelCalls.length = 0;
    this.guardrailCalls.length = 0;
    this.mostAtOnce = this.running;
  }
}

function isOneOf<Name extends ModeName>(mode: Mode, names: readonly Name[]): mode is Mode<Name> {
  return names.some((name) => name === mode.mode);
}

/** Returns the delay of a mode in milliseconds. */
export function delayOf(mode: Mode): number {
  return mode.delayMs ?? (mode.mode === 'slow' ? DEFAULT_SLOW_DELAY_MS : 0);
}

/** Parses the body of `PUT /mode`. Throws a `TypeError` with the field, the value and the allowed values. */
export function parseMode(input: unknown): Mode {
  if (!isObject(input)) throw new TypeError(`the body must be a JSON object such as {"mode":"throttle","times":1}, got ${JSON.stringify(input)}`);
  const unknown = Object.keys(input).filter((key) => !FIELDS.includes(key));
  if (unknown.length > 0) throw new TypeError(`unknown field '${unknown[0]}'; allowed fields: 'mode', 'times', 'delayMs' and 'model'`);
  const name = MODE_NAMES.find((candidate) => candidate === input.mode);
  if (name === undefined) throw new TypeError(`'mode' must be one of ${MODE_NAMES.join(', ')}, got ${JSON.stringify(input.mode)}`);
  checkInteger('times', input.times, 1, Number.MAX_SAFE_INTEGER);
  checkInteger('delayMs', input.delayMs, 0, MAX_DELAY_MS);
  checkModel('model', input.model);
  return {
    mode: name, times: input.times as number | undefined, delayMs: input.delayMs as number | undefined, model: input.model as string | undefined,
  };
}

function checkModel(field: string, value: unknown): void {
  if (value === undefined || (typeof value === 'string' && value !== '')) return;
  throw new TypeError(`'${field}' must be part of a model id or omitted, got ${JSON.stringify(value)}`);
}

function checkInteger(field: string, value: unknown, low: number, high: number): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high) {
    throw new TypeError(`'${field}' must be an integer from ${low} to ${high} or omitted, got ${JSON.stringify(value)}`);
  }
}
