import { INLINE_MAX_BYTES } from '../../../private/contract/requests';
import { generate } from '../../generation/generate';
import type { JobBody } from '../../jobs/job';
import { answerContext, type RouteContext } from '../../requests/context';
import { parseGenerate } from '../../requests/parse-generate';
import type { Wanted } from '../../requests/parsed-request';
import { invalidRequest } from '../../shared/errors';
import { callerOf } from '../idempotency-key';
import { withBytes } from '../load-image-bytes';
import { jsonBody, type HttpAnswer, type HttpRequest } from '../request';
import { answerLater, prefersLater } from '../respond-async';
import { generatedAnswer } from '../responses';

type Data = Readonly<Record<string, unknown>>;

/** `POST /images` */
export async function createImages(request: HttpRequest, context: RouteContext): Promise<HttpAnswer> {
  return answerWithImages(request, context, jsonBody(request), (data) => parseGenerate(data, request.owner, context));
}

/** What all routes that make images have in common: idempotency, pictures as answers, and where the image will be. */
export async function answerWithImages(
  request: HttpRequest, context: RouteContext, data: Data, parse: (data: Data) => Wanted,
): Promise<HttpAnswer> {
  const caller = callerOf(request);
  const picture = preferredPicture(request.headers.accept);
  const complete = { ...picture?.format && { outputFormat: picture.format }, ...data };
  const { request: wanted, inline } = parse(complete);
  const location = (id: string) => `${imagesPath(request)}/${id}`;
  if (context.queue && prefersLater(request)) {
    const body = { route: `${request.method} ${request.route}` as JobBody['route'], data: complete };
    return answerLater(context, context.queue, { wanted: { request: wanted, inline }, caller, body }, location);
  }
  if (picture) refuseConflicts(picture, wanted.count, wanted.input.outputFormat);

  const made = await generate(wanted, caller, context.ports, context.configuration);
  const generated = inline || picture ? await withBytes(made, context.ports) : made;

  // what is not recorded cannot be asked for again
  const headers: Record<string, string> = generated.recorded ? { Location: location(generated.record.id) } : {};
  const { drawn } = generated.images[0];
  if (picture && drawn && drawn.bytes.byteLength <= INLINE_MAX_BYTES) return { status: 201, headers, binary: drawn };
  return { status: 201, headers, json: await generatedAnswer(generated, inline || picture !== undefined, answerContext(context)) };
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
