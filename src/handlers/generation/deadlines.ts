import { ApiError } from '../shared/api-error';

/** Reserved for storage after the model call: enough for a call that times out and a second one. */
const STORAGE_MS = 5_000;
/** Reserved for storage after the guardrail check. */
const STORAGE_AFTER_GUARDRAIL_MS = 3_000;
/** Reserved to look up an image whose write got no response. */
const LOOKUP_MS = 500;
/** Reserved for the response. */
const RESPONSE_MS = 1_000;
/** Of the time for the response, reserved to update the budget: the calls before can have used up their time. */
export const SETTLEMENT_MS = 500;
/** The clocks of execution environments can differ by this much. */
export const LEASE_MARGIN_MS = 5_000;

/** The least time for a model call. Models take a few seconds. */
export const MIN_CALL_MS = 4_000;

/** Returns the error for a model that is not called, because less than `MIN_CALL_MS` are left. */
export function notEnoughTime(): ApiError {
  return new ApiError('MODEL_TIMEOUT', 'not enough time left to call the model', { repeatable: true });
}

/** Whether a model was not called, because not enough time was left. Other timeouts are not repeatable: the call may have been charged. */
export function isNotEnoughTime(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'MODEL_TIMEOUT' && error.repeatable;
}

/**
 * The deadlines of a function invocation, in epoch milliseconds. A model call is charged even if the function times out, so a call starts
 * only if there is time to complete it and to store its images.
 */
export class Deadlines {
  /** `timeout`: when the function times out. */
  constructor(private readonly timeout: number) {}

  /** When model calls must end. */
  public get model(): number {
    return this.timeout - STORAGE_MS - RESPONSE_MS;
  }

  /** When guardrail checks of generated images must end. */
  public get guardrail(): number {
    return this.response - STORAGE_AFTER_GUARDRAIL_MS;
  }

  /** When the write of an image must end. */
  public get storage(): number {
    return this.response - LOOKUP_MS;
  }

  /** When all other calls must end, so that the response can be returned. */
  public get response(): number {
    return this.timeout - RESPONSE_MS;
  }

  /** When other invocations can assume that this one has ended. */
  public get lease(): number {
    return this.timeout + LEASE_MARGIN_MS;
  }
}
