import { setTimeout as sleep } from 'node:timers/promises';
import { type Control, delayOf, MODEL_MODES, type ModelMode } from './control/control';
import { type Outcomes } from './families/family';
import { type JsonObject } from './schema/schema-validation';
import { ServiceError } from './service-error';

/** Modes in which the service returns an error. */
export type FailureMode = 'throttle' | 'end-of-life' | 'access-denied' | 'server-error' | 'model-error' | 'model-timeout' | 'not-ready'
  | 'unavailable' | 'quota-exceeded';

/** A model invocation through Bedrock or SageMaker. */
export interface ModelCall {
  /** Model id or ARN of the request. The list of calls contains it. */
  readonly modelId: string;
  /** Validates the request. Throws the error of AWS for an invalid request. */
  accept(): Promise<Outcomes>;
  /** Returns the error of the service for a mode. */
  failure(mode: FailureMode): ServiceError;
}

export type ModelResponse = JsonObject | 'reset';

/** Returns the response of the model in the current mode. Throws service errors. An invalid request fails in every mode. */
export async function serveModelCall(call: ModelCall, control: Control, closing: AbortSignal): Promise<ModelResponse> {
  let outcomes: Outcomes;
  try {
    outcomes = await call.accept();
  } catch (error) {
    if (error instanceof ServiceError) control.record(call.modelId, 'rejected');
    throw error;
  }
  const mode = control.consumeMode(call.modelId, MODEL_MODES);
  control.record(call.modelId, mode.mode);
  return control.trackConcurrency(async () => {
    const delay = delayOf(mode);
    if (delay > 0) await sleep(delay, undefined, { signal: closing });
    return respondInMode(mode.mode, outcomes, call);
  });
}

async function respondInMode(mode: ModelMode, outcomes: Outcomes, call: ModelCall): Promise<ModelResponse> {
  switch (mode) {
    case 'ok':
    case 'slow': return outcomes.success();
    case 'reasoning': return outcomes.successWithReasoning?.() ?? outcomes.success();
    case 'filter-prompt': return outcomes.filtered('prompt');
    case 'filter-input': return outcomes.filtered('input');
    case 'filter-output': return outcomes.filtered('output');
    case 'filter-some': return outcomes.filtered('some');
    case 'truncated': return outcomes.truncated();
    case 'malformed': return { images: [42], seeds: 'many', finish_reasons: {}, output: 'none of this is as documented' };
    case 'reset': return 'reset';
    case 'inference-error':
      if (outcomes.failed !== undefined) return outcomes.failed();
      throw call.failure('server-error');
    default: throw call.failure(mode);
  }
}
