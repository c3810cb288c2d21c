import { isObject } from '../schema/schema-validation';

/** How the service answers valid calls of models until told otherwise. */
export const MODEL_MODES = [
  'ok', 'throttle', 'filter-prompt', 'filter-output', 'slow', 'end-of-life', 'access-denied', 'server-error', 'malformed', 'truncated', 'reset',
  // The input image filtered; some of several images filtered; the model's own word that it failed
  'filter-input', 'filter-some', 'inference-error',
  // Text models think aloud before they answer
  'reasoning',
  // The rarer errors
  'model-error', 'model-timeout', 'not-ready', 'unavailable', 'quota-exceeded',
] as const;
export type ModelMode = typeof MODEL_MODES[number];

/** What the guardrail does: it intervenes on one side, or fails. Models take no notice, nor does the guardrail of theirs. */
export const GUARDRAIL_MODES = ['guardrail-input', 'guardrail-output', 'guardrail-error'] as const;
export type GuardrailMode = typeof GUARDRAIL_MODES[number];

export const MODE_NAMES = [...MODEL_MODES, ...GUARDRAIL_MODES] as const;
export type ModeName = ModelMode | GuardrailMode;

export interface Mode<Name extends ModeName = ModeName> {
  readonly mode: Name;
  /** How many requests more it lasts; absent: until changed. */
  readonly times?: number;
  /** What passes before the answer. */
  readonly delayMs?: number;
  /** Part of the ids of the models it concerns, or of the guardrails; absent: all. */
  readonly model?: string;
}

/** How one request ended: as asked for by the mode, or refused because the real service would refuse it. */
export interface Call {
  readonly modelId: string;
  readonly outcome: ModelMode | 'refused';
  readonly at: string;
}

/** A text or an image shown to a guardrail: no call of a model, so it stands in a list of its own. */
export interface GuardrailCall {
  readonly guardrailId: string;
  readonly source?: string;
  readonly outcome: 'ok' | 'intervened' | 'guardrail-error' | 'refused';
  readonly at: string;
}

export interface Calls {
  readonly total: number;
  readonly calls: readonly Call[];
  readonly guardrailCalls: readonly GuardrailCall[];
  /** Of models, since the calls were forgotten. */
  readonly mostAtOnce: number;
}

const OK = { mode: 'ok' } as const;
const FIELDS = ['mode', 'times', 'delayMs', 'model'];
const DEFAULT_SLOWNESS_MS = 5000;
const MAX_DELAY_MS = 600_000;

/** What the tester sets and reads: the mode and the calls so far. */
export class Control {
  private current: Mode = OK;
  private readonly ledger: Call[] = [];
  private readonly guardrailLedger: GuardrailCall[] = [];
  private running = 0;
  private mostAtOnce = 0;

  get mode(): Mode {
    return this.current;
  }

  get calls(): Calls {
    return { total: this.ledger.length, calls: this.ledger, guardrailCalls: this.guardrailLedger, mostAtOnce: this.mostAtOnce };
  }

  setMode(mode: Mode): void {
    this.current = mode;
  }

  /**
   * The mode for one valid request, which takes notice of some modes only: the others neither concern it nor are used up by it.
   * It counts at once, so parallel requests never share the last of its `times`.
   */
  takeMode<Name extends ModeName>(id: string, among: readonly Name[]): Mode<Name | 'ok'> {
    const taken = this.current;
    if (!isAmong(taken, among) || (taken.model !== undefined && !id.includes(taken.model))) return OK;
    if (taken.times !== undefined) {
      this.current = taken.times > 1 ? { ...taken, times: taken.times - 1 } : OK;
    }
    return taken;
  }

  record(modelId: string, outcome: Call['outcome']): void {
    this.ledger.push({ modelId, outcome, at: new Date().toISOString() });
  }

  /** Counts the call for as long as the answer takes. */
  async whileRunning<T>(answer: () => Promise<T>): Promise<T> {
    this.running++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
    try {
      return await answer();
    } finally {
      this.running--;
    }
  }

  recordGuardrail(guardrailId: string, source: string | undefined, outcome: GuardrailCall['outcome']): void {
    this.guardrailLedger.push({ guardrailId, source, outcome, at: new Date().toISOString() });
  }

  forgetCalls(): void {
    this.ledger.length = 0;
    this.guardrailLedger.length = 0;
    this.mostAtOnce = this.running;
  }
}

function isAmong<Name extends ModeName>(mode: Mode, names: readonly Name[]): mode is Mode<Name> {
  return names.some((name) => name === mode.mode);
}

export function delayOf(mode: Mode): number {
  return mode.delayMs ?? (mode.mode === 'slow' ? DEFAULT_SLOWNESS_MS : 0);
}

/** A mode as it comes over the wire; throws a message that names the field, the value and the choices. */
export function parseMode(input: unknown): Mode {
  if (!isObject(input)) throw new TypeError(`the body must be a JSON object such as {"mode":"throttle","times":1}, got ${JSON.stringify(input)}`);
  const unknown = Object.keys(input).filter((key) => !FIELDS.includes(key));
  if (unknown.length > 0) throw new TypeError(`unknown field '${unknown[0]}'; the fields are 'mode', 'times', 'delayMs' and 'model'`);
  const name = MODE_NAMES.find((candidate) => candidate === input.mode);
  if (name === undefined) throw new TypeError(`'mode' must be one of ${MODE_NAMES.join(', ')}, got ${JSON.stringify(input.mode)}`);
  checkInteger('times', input.times, 1, Number.MAX_SAFE_INTEGER);
  checkInteger('delayMs', input.delayMs, 0, MAX_DELAY_MS);
  checkText('model', input.model);
  return {
    mode: name, times: input.times as number | undefined, delayMs: input.delayMs as number | undefined, model: input.model as string | undefined,
  };
}

function checkText(field: string, value: unknown): void {
  if (value === undefined || (typeof value === 'string' && value !== '')) return;
  throw new TypeError(`'${field}' must be part of a model id or be left out, got ${JSON.stringify(value)}`);
}

function checkInteger(field: string, value: unknown, low: number, high: number): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high) {
    throw new TypeError(`'${field}' must be an integer from ${low} to ${high} or be left out, got ${JSON.stringify(value)}`);
  }
}
