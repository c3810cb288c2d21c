import { createHash } from 'node:crypto';
import type { AllowedModel } from './model-registry';
import { COUNT } from '../../private/contract/requests';
import type { GenerateRequest } from '../generation/types';

/** What a route made of a request's body. */
export interface ParsedRequest {
  readonly request: GenerateRequest;
  /** Images in the answer itself. */
  readonly inline: boolean;
}

/** The fields that all bodies which make images have in common. */
interface Body {
  readonly count?: number;
  readonly seed?: number;
  readonly outputFormat?: string;
  readonly response?: string;
}

/** A checked body, completed with defaults. `more`: what only one route knows. */
export function parsedRequest(
  body: Body, { model, parameters, imagesPerCall }: AllowedModel, input: Omit<GenerateRequest['input'], 'outputFormat'>,
  more: Pick<GenerateRequest, 'operation' | 'enhance' | 'loadInputImages'>,
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
      fingerprint: fingerprintOf(body),
      ...more,
    },
    inline: body.response === 'base64',
  };
}

/** Two requests are the same if this is. */
export function fingerprintOf(body: object): string {
  return createHash('sha256').update(JSON.stringify(Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1)))).digest('hex');
}
