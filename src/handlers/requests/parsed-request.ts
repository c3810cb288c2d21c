import { createHash } from 'node:crypto';
import type { Size } from './image-size';
import type { AllowedModel } from './model-registry';
import { COUNT } from '../../private/contract/request-limits';
import type { GenerateRequest } from '../generation/types';

/** A validated request for images. */
export interface ParsedRequest {
  readonly request: GenerateRequest;
  /** Whether the response contains the images as base64. */
  readonly inline: boolean;
  /** The requested size, if the model supports only aspect ratios. The image can have another size. */
  readonly approximatedSize?: Size;
}

/** What a route sets in addition to the body. */
export interface ParseOptions extends Pick<GenerateRequest, 'backgroundRemoval'> {
  /** The default is the fingerprint of the body. */
  readonly fingerprint?: string;
}

/** Fields that the bodies of all image requests share. */
interface ImageRequestBody {
  readonly count?: number;
  readonly seed?: number;
  readonly outputFormat?: string;
  readonly response?: string;
}

/** Builds the parsed request from a validated body. */
export function parsedRequest(
  body: ImageRequestBody, { model, parameters, imagesPerCall }: AllowedModel, input: Omit<GenerateRequest['input'], 'outputFormat'>,
  { fingerprint = fingerprintOf(body), ...others }: ParseOptions & Pick<GenerateRequest, 'operation' | 'enhance' | 'inputImages'>,
): ParsedRequest {
  const { outputFormat: formats, seed } = parameters;
  return {
    request: {
      model,
      input: { ...input, outputFormat: body.outputFormat ?? formats.default ?? formats.values[0] },
      seed: body.seed,
      maxSeed: seed?.maximum,
      count: body.count ?? COUNT.default,
      imagesPerCall,
      fingerprint,
      ...others,
    },
    inline: body.response === 'base64',
  };
}

/** Returns a hash of a request body that does not depend on the order of fields, also in nested objects. The order of lists counts. */
export function fingerprintOf(body: object): string {
  return createHash('sha256').update(JSON.stringify(Object.entries(body).sort(byName), sortFields)).digest('hex');
}

function sortFields(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(byName));
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
