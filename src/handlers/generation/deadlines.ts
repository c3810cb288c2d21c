/**
 * How a request's time is shared out. A call that begins is paid for even if nobody waits for its end, so none begins that has
 * no time to finish, and what the model delivered has time to be stored.
 */

/** Kept for storing and recording once the model is done: one hung attempt and a second one. */
const FINISH_MS = 5_000;
/** Of that, what a guardrail leaves. */
const STORE_MS = 3_000;
/** Kept for the answer itself. */
const ANSWER_MS = 1_000;

/** The least that a model call is given. Models take a few seconds. */
export const MIN_CALL_MS = 4_000;

/** When the model has to be done, for a function that is stopped at `deadline`; all in epoch milliseconds. */
export const modelDeadline = (deadline: number): number => deadline - FINISH_MS - ANSWER_MS;

/** When a guardrail has to have looked at what the model delivered. */
export const checkDeadline = (deadline: number): number => finishDeadline(deadline) - STORE_MS;

/** When storing and recording have to be done. */
export const finishDeadline = (deadline: number): number => deadline - ANSWER_MS;
