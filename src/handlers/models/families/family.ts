import type { GenerationInput } from '../../generation/ports';
import type { ApiError } from '../../shared/api-error';

/** An image in the response of a model. */
export interface ModelImage {
  readonly bytes: Uint8Array;
  /** Absent for models without seeds. */
  readonly seed?: number;
}

/** Request and response format of a family of models. */
export interface Family {
  /** `Accept` of a SageMaker endpoint, JSON by default. */
  readonly accept?: string;
  /** Builds the body of a request. JSON omits its undefined properties. */
  buildRequest(input: GenerationInput): Record<string, unknown>;
  /**
   * Parses the body of a response. Returns one result per requested image: the image or the error. Throws an `ApiError` if the response
   * is an error or malformed.
   */
  parseResponse(body: unknown, input: GenerationInput): readonly (ModelImage | ApiError)[];
}
