import type { Measurements } from './measurements';
import { ApiError, isFiltered } from '../../shared/api-error';
import { isNotEnoughTime } from '../deadlines';
import type { Clock, GeneratedImage, GenerationInput, Guardrail, ImageModels, Model, TextInput, TextModels, TextOutput } from '../ports';

/** Measures each call of an image model, also those that are retried. */
export class MeasuredImageModels implements ImageModels {
  constructor(private readonly models: ImageModels, private readonly measurements: Measurements, private readonly clock: Clock) {}

  public async generate(model: Model, input: GenerationInput, deadline: number): Promise<readonly (GeneratedImage | ApiError)[]> {
    const results = await measureCall(model.id, () => this.models.generate(model, input, deadline), this.measurements, this.clock);
    for (const result of results) if (result instanceof ApiError) countError(result, model.id, this.measurements);
    return results;
  }
}

/** Measures each call of the text model. */
export class MeasuredTextModel implements TextModels {
  constructor(
    private readonly model: string,
    private readonly textModel: TextModels,
    private readonly measurements: Measurements,
    private readonly clock: Clock,
  ) {}

  public generate(input: TextInput, deadline: number): Promise<TextOutput> {
    return measureCall(this.model, () => this.textModel.generate(input, deadline), this.measurements, this.clock);
  }
}

/** Counts what the guardrail filters. */
export class MeasuredGuardrail implements Guardrail {
  constructor(private readonly guardrail: Guardrail, private readonly measurements: Measurements) {}

  public checkInput(text: string, images: readonly Uint8Array[], deadline: number): Promise<void> {
    return this.measure(this.guardrail.checkInput(text, images, deadline));
  }

  public checkOutput(image: GeneratedImage, deadline: number): Promise<void> {
    return this.measure(this.guardrail.checkOutput(image, deadline));
  }

  public checkText(text: string, deadline: number): Promise<void> {
    return this.measure(this.guardrail.checkText(text, deadline));
  }

  private async measure(check: Promise<void>): Promise<void> {
    try {
      await check;
    } catch (error) {
      if (isFiltered(error)) this.measurements.add('filtered');
      throw error;
    }
  }
}

async function measureCall<T>(model: string, call: () => Promise<T>, measurements: Measurements, clock: Clock): Promise<T> {
  const start = clock.now();
  const addLatency = () => measurements.add('latency', clock.now() - start, model);
  try {
    const result = await call();
    addLatency();
    return result;
  } catch (error) {
    // errors that are returned at once would hide a slow model
    if (error instanceof ApiError && error.code === 'MODEL_TIMEOUT' && !isNotEnoughTime(error)) addLatency();
    countError(error, model, measurements);
    throw error;
  }
}

function countError(error: unknown, model: string, measurements: Measurements): void {
  if (isFiltered(error)) return measurements.add('filtered', 1, model);
  // the model was not called
  if (isNotEnoughTime(error)) return undefined;
  const code = error instanceof ApiError ? error.code : undefined;
  return measurements.add(code === 'THROTTLED' ? 'throttles' : 'modelErrors', 1, model);
}
