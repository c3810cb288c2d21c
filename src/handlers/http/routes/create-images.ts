import { INLINE_MAX_BYTES } from '../../../private/contract/requests';
import { generate } from '../../generation/generate';
import type { JobBody } from '../../jobs/job';
import { responseContext, type HandlerContext } from '../../requests/context';
import { parseGenerate } from '../../requests/parse-generate';
import type { ParsedRequest } from '../../requests/parsed-request';
import { invalidRequest } from '../../shared/errors';
import { requestContext } from '../idempotency-key';
import { loadImageBytes } from '../load-image-bytes';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';
import { respondAsync, prefersAsync } from '../respond-async';
import { generationResponse } from '../responses';

type Data = Readonly<Record<string, unknown>>;

/** `POST /images` */
export async function createImages(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  return respondWithImages(request, context, jsonBody(request), (data) => parseGenerate(data, request.owner, context));
}

/** What all routes that make images have in common: idempotency, pictures as answers, and where the image will be. */
export async function respondWithImages(
  request: HttpRequest, context: HandlerContext, data: Data, parse: (data: Data) => ParsedRequest,
): Promise<HttpResponse> {
  const caller = requestContext(request);
  const picture = preferredPicture(request.headers.accept);
  const complete = { ...picture?.format && { outputFormat: picture.format }, ...data };
  const { request: wanted, inline } = parse(complete);
  const location = (id: string) => `${imagesPath(request)}/${id}`;
  if (context.queue && prefersAsync(request)) {
    const body = { route: `${request.method} ${request.route}` as JobBody['route'], data: complete };
    return respondAsync(context, context.queue, { wanted: { request: wanted, inline }, caller, body }, location);
  }
  if (picture) refuseConflicts(picture, wanted.count, wanted.input.outputFormat);

  const made = await generate(wanted, caller, context.ports, context.configuration);
  const generated = inline || picture ? await loadImageBytes(made, context.ports) : made;

  // what is not recorded cannot be asked for again
  const headers: Record<string, string> = generated.recorded ? { Location: location(generated.record.id) } : {};
  const [{ generated: first }] = generated.images;
  if (picture && first && first.bytes.byteLength <= INLINE_MAX_BYTES) return { status: 201, headers, binary: first };
  return { status: 201, headers, json: await generationResponse(generated, inline || picture !== undefined, responseContext(context)) };
}

/** `/images` as the client sees it, whichever route below it was called. */
function imagesPath({ path, route }: HttpRequest): string {
  return path.slice(0, path.length - route.length + '/images'.length);
}

interface Picture {
  /** Absent for `image/*`. */
  readonly format?: string;
}

/** A client whose first choice is an image wants the picture itself. API Gateway too goes by the first, and hands out no bytes else. */
function preferredPicture(accept = ''): Picture | undefined {
  const [type, format] = accept.split(/[,;]/)[0].trim().toLowerCase().split('/');
  if (type !== 'image') return undefined;
  return format === '*' ? {} : { format };
}

function refuseConflicts({ format }: Picture, count: number, outputFormat: string): void {
  if (count > 1) throw invalidRequest([{ pointer: '/count', detail: `must be 1 with Accept: image/*, got ${count}` }]);
  if (format !== undefined && format !== outputFormat) {
    throw invalidRequest([{ pointer: '/outputFormat', detail: `must be ${format} with Accept: image/${format}, got ${outputFormat}` }]);
  }
}
