import type { DrawInput } from '../generation/ports';

/** One image as a model hands it out. */
export interface ModelImage {
  readonly bytes: Uint8Array;
  readonly seed: number;
}

/** How one kind of model is talked to. */
export interface Family {
  /** The JSON body of InvokeModel. */
  buildRequest(input: DrawInput): Record<string, unknown>;
  /** The image in the answer to it. Throws `ApiError`: filtered, failed, or not understood. */
  parseResponse(body: unknown, input: DrawInput): ModelImage;
}
