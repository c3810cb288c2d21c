import { INLINE_MAX_BYTES } from '../../../private/contract/request-limits';
import { IdempotentGenerator } from '../../generation/idempotent-generator';
import type { GenerateRequest } from '../../generation/types';
import type { HandlerContext } from '../../requests/context';
import { parseRequest, type ImageRequest } from '../../requests/parse-request';
import { invalidRequest } from '../../shared/api-error';
import { acceptedType } from '../accepted-image';
import { callerOf } from '../caller';
import { generationResponse, responseContext, withSizeWarning } from '../image-responses';
import { loadImageBytes } from '../load-image-bytes';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';
import { respondAsync, prefersAsync } from '../respond-async';

/** `POST /images` */
export async function createImages(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  return respondWithImages(request, context, { route: 'POST /images', data: jsonBody(request) });
}

/** Generates or enqueues images for the standard routes: handles idempotency, content negotiation and the `Location` header. */
export async function respondWithImages(request: HttpRequest, context: HandlerContext, { route, data }: ImageRequest): Promise<HttpResponse> {
  const caller = callerOf(request);
  const accepted = acceptedImage(request.headers.accept, { route, data }, context);
  const body: ImageRequest = { route, data: { ...accepted?.format && { outputFormat: accepted.format }, ...data } };
  const parsed = await parseRequest(body, context);
  const location = (id: string) => `${imagesPath(request)}/${id}`;
  if (context.queue && prefersAsync(request)) return respondAsync(context, context.queue, { parsed, caller, body }, location);
  if (accepted) rejectConflicts(accepted, parsed.request);

  const inline = parsed.inline || accepted !== undefined;
  const generated = await new IdempotentGenerator(context.ports, context.configuration).generate(parsed.request, caller);
  const result = inline ? await loadImageBytes(generated, context.ports) : generated;

  // without a record, the location would not exist
  const headers: Record<string, string> = result.recorded ? { Location: location(result.record.id) } : {};
  const [{ generated: first }] = result.images;
  if (accepted && first && first.bytes.byteLength <= INLINE_MAX_BYTES) return { status: 201, headers, binary: first };
  const response = await generationResponse(result, inline, responseContext(context));
  return { status: 201, headers, json: withSizeWarning(response, parsed) };
}

/** Returns the path of `/images` as the client called it, including the stage or base path. */
function imagesPath({ path, route }: HttpRequest): string {
  return path.slice(0, path.length - route.length + '/images'.length);
}

interface AcceptedImage {
  /** Absent for `image/*`. */
  readonly format?: string;
}

/** Returns the image that the `Accept` header requests, or undefined for JSON. `outputFormat` in the body restricts the formats. */
function acceptedImage(accept: string | undefined, { route, data }: ImageRequest, { models, edits }: HandlerContext): AcceptedImage | undefined {
  const target = route === 'POST /images/edits'
    ? edits.find(({ edit }) => edit.operation === data.operation)
    : (typeof data.model === 'string' && models.find(data.model)) || models.defaultModel;
  const formats = target?.parameters.outputFormat.values ?? [];
  const { outputFormat } = data;
  const accepted = acceptedType(accept, outputFormat === undefined ? formats : formats.filter((format) => format === outputFormat));
  // an image of another format than outputFormat is a conflict, which is reported
  const requested = accepted === 'none' ? acceptedType(accept, formats) : accepted;
  return typeof requested === 'object' ? requested.image : undefined;
}

function rejectConflicts({ format }: AcceptedImage, { count, input: { outputFormat } }: GenerateRequest): void {
  if (count > 1) throw invalidRequest([{ pointer: '/count', detail: `must be 1 with Accept: image/*, got ${count}` }]);
  if (format !== undefined && format !== outputFormat) {
    throw invalidRequest([{ pointer: '/outputFormat', detail: `must be ${format} with Accept: image/${format}, got ${outputFormat}` }]);
  }
}
