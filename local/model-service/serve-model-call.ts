import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from './bedrock/bedrock-errors';
import { Control, delayOf, MODEL_MODES, ModelMode } from './control/control';
import { Work } from './families/family';
import { JsonObject } from './schema/schema-validation';

/** Modes in which the service answers for the model, with an error. */
export type FailureMode = 'throttle' | 'end-of-life' | 'access-denied' | 'server-error' | 'model-error' | 'model-timeout' | 'not-ready'
  | 'unavailable' | 'quota-exceeded';

/** One call of a model, by whichever of the services that host models. */
export interface ModelCall {
  /** As the caller named it, and as the calls list it. */
  readonly modelId: string;
  /** Throws what the real service answers to a request that it refuses. */
  accept(): Promise<Work>;
  /** The errors of the service that is called. */
  failure(mode: FailureMode): ServiceError;
}

export type Served = JsonObject | 'hang-up';

/** Answers as the model would, or as the mode asks; what would be refused is refused whatever the mode. Errors of the service are thrown. */
export async function serve(call: ModelCall, control: Control, closing: AbortSignal): Promise<Served> {
  let work: Work;
  try {
    work = await call.accept();
  } catch (error) {
    if (error instanceof ServiceError) control.record(call.modelId, 'refused');
    throw error;
  }
  const mode = control.takeMode(call.modelId, MODEL_MODES);
  control.record(call.modelId, mode.mode);
  return control.whileRunning(async () => {
    const delay = delayOf(mode);
    if (delay > 0) await sleep(delay, undefined, { signal: closing });
    return inMode(mode.mode, work, call);
  });
}

async function inMode(mode: ModelMode, work: Work, call: ModelCall): Promise<Served> {
  switch (mode) {
    case 'ok':
    case 'slow': return work.answer();
    case 'reasoning': return work.reasoned?.() ?? work.answer();
    case 'filter-prompt': return work.filtered('prompt');
    case 'filter-input': return work.filtered('input');
    case 'filter-output': return work.filtered('output');
    case 'filter-some': return work.filtered('some');
    case 'truncated': return work.truncated();
    case 'malformed': return { images: [42], seeds: 'many', finish_reasons: {}, output: 'none of this is as documented' };
    case 'reset': return 'hang-up';
    case 'inference-error':
      if (work.failed !== undefined) return work.failed();
      throw call.failure('server-error');
    default: throw call.failure(mode);
  }
}
