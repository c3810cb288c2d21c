import { ImageDecoder } from '../../src/handlers/models/image-decoder';
import { parseJson } from '../../src/handlers/models/response-body';

/** Reads the body of a model's response, which arrives in chunks. */
export function readModelResponse(chunks: readonly Buffer[], expectedBytes?: number): unknown {
  const decoder = new ImageDecoder(expectedBytes);
  for (const chunk of chunks) decoder.write(chunk);
  return parseJson(decoder.finish());
}
