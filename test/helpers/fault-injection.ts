import type { World } from './world';
import { ApiError } from '../../src/handlers/shared/api-error';

/** What happens at a step: the call is not made, or it is made and its response is lost; the function gets an error, or it is stopped. */
export const FAULTS = ['error', 'lost response', 'stopped before', 'stopped after'] as const;
export type Fault = typeof FAULTS[number];

/** The ports through which handlers use AWS. */
const PORTS = ['models', 'textModel', 'store', 'records', 'claims', 'queue', 'guardrail', 'eventPublisher'] as const;

/** Methods that the fakes have in addition to the ports. */
const HELPERS = ['putInFlight', 'delete', 'receive'];

/** Errors of ports that throw an `ApiError`. The others throw errors of the SDK. */
const ERRORS: Readonly<Record<string, Partial<Record<Fault, () => ApiError>>>> = {
  models: {
    'error': () => new ApiError('MODEL_UNAVAILABLE', 'the model is not available'),
    'lost response': () => new ApiError('MODEL_ERROR', 'the connection to the model was lost'),
  },
  textModel: {
    'error': () => new ApiError('MODEL_UNAVAILABLE', 'the model is not available'),
    'lost response': () => new ApiError('MODEL_ERROR', 'the connection to the model was lost'),
  },
  guardrail: {
    'error': () => new ApiError('MODEL_BUSY', 'the guardrail could not check the content', { retryAfterSeconds: 10 }),
    'lost response': () => new ApiError('MODEL_BUSY', 'the guardrail could not check the content', { retryAfterSeconds: 10 }),
  },
};

/** Injects faults into the calls of a world's ports. A step is the n-th call of a method, such as `records.put 1`. */
export class FaultInjector {
  /** All steps so far. */
  public readonly steps: string[] = [];
  private readonly faults = new Map<string, Fault>();
  private readonly counts = new Map<string, number>();
  private isActive = false;
  /** Ends the current invocation. */
  private stop?: () => void;

  constructor(world: World) {
    Object.assign(world, Object.fromEntries(PORTS.map((port) => [port, this.wrap(port, world[port])])));
  }

  /** Injects a fault into a step. */
  public at(step: string, fault: Fault): this {
    this.faults.set(step, fault);
    return this;
  }

  /** Runs an invocation of a function, with faults. Returns undefined if it is stopped. */
  public async run<T>(invocation: () => Promise<T>): Promise<T | undefined> {
    const stopped = new Promise<undefined>((resolve) => { this.stop = () => resolve(undefined); });
    this.isActive = true;
    try {
      return await Promise.race([invocation(), stopped]);
    } finally {
      this.isActive = false;
    }
  }

  private wrap<Port extends object>(name: string, port: Port): Port {
    return new Proxy(port, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property);
        return typeof value !== 'function' || HELPERS.includes(String(property)) ? value : (...parameters: unknown[]) => this.call(`${name}.${String(property)}`, () => value.apply(target, parameters));
      },
    });
  }

  private call(method: string, run: () => unknown): unknown {
    if (!this.isActive) return run();
    const count = (this.counts.get(method) ?? 0) + 1;
    this.counts.set(method, count);
    const step = `${method} ${count}`;
    this.steps.push(step);
    const fault = this.faults.get(step);
    return fault === undefined ? run() : this.fail(method, fault, run);
  }

  private async fail(method: string, fault: Fault, run: () => unknown): Promise<unknown> {
    if (fault === 'lost response' || fault === 'stopped after') await run();
    if (fault === 'error' || fault === 'lost response') throw ERRORS[method.split('.')[0]]?.[fault]?.() ?? new Error(`${method}: no response`);
    this.stop?.();
    return new Promise(() => undefined);
  }
}
