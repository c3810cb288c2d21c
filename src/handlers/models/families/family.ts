import type { GenerationInput } from '../../generation/ports';
import type { ApiError } from '../../shared/errors';

/** One image as a model hands it out. */
export interface ModelImage {
  readonly bytes: Uint8Array;
  /** Absent where the model knows no seeds. */
  readonly seed?: number;
}

/** How one kind of model is talked to. */
export interface Family {
  /** The media type that a SageMaker endpoint is asked for; JSON where absent. */
  readonly accept?: string;
  /** The body of the call. */
  buildRequest(input: GenerationInput): Record<string, unknown>;
  /**
   * What the answer to it holds: an image, or why it is missing, for each that it was to draw. Throws `ApiError` where the
   * answer as a whole is a failure, or is not understood.
   */
  parseResponse(body: unknown, input: GenerationInput): readonly (ModelImage | ApiError)[];
}
