import { imagesResponse, streamResponse } from './image-response';
import { returnsUrls } from './model-selection';
import { backgroundRemoval } from './output-format';
import type { JsonObject } from '../../../private/contract/json-object';
import { IdempotentGenerator } from '../../generation/idempotent-generator';
import type { HandlerContext } from '../../requests/context';
import { fingerprintOf, type ParsedRequest, type ParseOptions } from '../../requests/parsed-request';
import { callerOf } from '../caller';
import { reportIgnored } from '../ignored-parameters';
import { generationResponse, responseContext } from '../image-responses';
import { loadImageBytes } from '../load-image-bytes';
import type { HttpResponse, HttpRequest } from '../request';

/** Returns the parse options of both OpenAI routes. */
export function parseOptions(data: JsonObject, request: HttpRequest, { configuration, edits }: HandlerContext): ParseOptions {
  // without authentication, different clients with the same request must not share an image
  const sender = configuration.auth.mode === 'none' ? request.sender : undefined;
  return {
    fingerprint: fingerprintOf({ ...data, route: request.route, ...(sender !== undefined && { sender }) }),
    backgroundRemoval: backgroundRemoval(data, edits),
  };
}

/** A parsed request, and what its response depends on. */
interface OpenAiRequest {
  /** The valid fields of the request. */
  readonly data: JsonObject;
  readonly parsed: ParsedRequest;
  readonly eventType: 'image_generation' | 'image_edit';
  /** Names of fields that had no effect. */
  readonly ignored: readonly string[];
}

/** Generates images and returns them in the format of the OpenAI API. */
export async function respondInOpenAiFormat(
  request: HttpRequest, context: HandlerContext, { data, parsed, eventType, ignored }: OpenAiRequest,
): Promise<HttpResponse> {
  const { ports, configuration } = context;
  const caller = { ...callerOf(request), retryCount: retryCountOf(request) };
  const inline = !returnsUrls(data.model, data.response_format);
  const generated = await new IdempotentGenerator(ports, configuration).generate(parsed.request, caller);
  const result = inline ? await loadImageBytes(generated, ports) : generated;
  const response = await generationResponse(result, inline, responseContext(context));
  const { headers } = reportIgnored(ignored);
  return { ...data.stream === true ? streamResponse(response, result, eventType) : imagesResponse(response, result), headers };
}

const COUNT = /^[0-9]{1,4}$/;

/** Returns how often an OpenAI SDK has retried the request. Undefined for other clients, whose requests are never treated as retries. */
function retryCountOf({ headers }: HttpRequest): number | undefined {
  const count = headers['x-stainless-retry-count'];
  return count !== undefined && COUNT.test(count) ? Number(count) : undefined;
}
