import { LIST_QUERY_SCHEMA } from '../../../private/contract/requests';
import { ApiError, invalidRequest } from '../../shared/errors';
import { recordResponse } from '../responses';
import { createBatch, getBatch } from './batches';
import { createImages } from './create-images';
import { editImages } from './edit-images';
import { generateText } from './generate-text';
import { modelsResponse } from './list-models';
import { createUpload } from './uploads';
import type { ImageListResponse } from '../../../private/contract/responses';
import { failureKeys, jobKeys, possibleKeys } from '../../generation/keys';
import { publishBestEffort } from '../../generation/publish-event';
import { isJob, type JobRecord } from '../../jobs/job';
import { responseContext, type HandlerContext, type RouteFunction } from '../../requests/context';
import { fieldErrorsOf, firstOfEach, pointerTo, show } from '../../requests/validation-errors';
import { validateListQuery } from '../../requests/validators/validators.generated';
import { getOwnImage } from '../get-own-image';
import type { HttpResponse, HttpRequest } from '../request';

/** The standard routes, by method and resource. */
export const STANDARD: Readonly<Record<string, RouteFunction>> = {
  'POST /images': createImages,
  'GET /images': listImages,
  'GET /images/{id}': getImage,
  'DELETE /images/{id}': deleteImage,
  'POST /images/edits': editImages,
  'POST /images/uploads': createUpload,
  'POST /images/batches': createBatch,
  'GET /images/batches/{id}': getBatch,
  'POST /text': generateText,
  'GET /models': listModels,
};

async function getImage(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  return { status: 200, json: await recordResponse(await getOwnImage(request.pathParameters.id, request.owner, context), responseContext(context)) };
}

async function listImages(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { limit, cursor } = listQuery(request);
  const page = await context.ports.records.list(request.owner, limit, cursor);
  const images = await Promise.all(page.records.map((record) => recordResponse(record, responseContext(context))));
  const json: ImageListResponse = { images, ...(page.cursor && { cursor: page.cursor }) };
  return { status: 200, json };
}

/** What the list is asked for; throws by the names of parameters, which have no pointers. */
function listQuery({ query: texts, repeated }: HttpRequest): { readonly limit: number; readonly cursor?: string } {
  const query = { ...texts, limit: texts.limit === undefined ? LIST_QUERY_SCHEMA.properties.limit.default : numberOrText(texts.limit) };
  const faults = firstOfEach([
    ...validateListQuery(query) ? [] : fieldErrorsOf(validateListQuery.errors ?? [], LIST_QUERY_SCHEMA, query),
    ...repeated.map((name) => ({ pointer: pointerTo(name), detail: `is there more than once, last with ${show(texts[name])}: send it once` })),
  ]);
  if (faults.length > 0) throw invalidRequest(faults.map(({ pointer, detail }) => ({ pointer: pointer.slice(1), detail })));
  return { limit: Number(query.limit), cursor: texts.cursor };
}

async function deleteImage(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const record = await getOwnImage(request.pathParameters.id, request.owner, context);
  if (isJob(record)) return cancelJob(record, request.deadline, context);
  // objects first: if they cannot be removed, the record still tells where they are
  await context.ports.store.remove(record.images.map(({ key }) => key));
  await context.ports.records.remove(record.owner, record.id);
  await publishBestEffort('deleted', record, context.ports, request.deadline);
  return { status: 204 };
}

/** Before it is drawn, or after it failed. A worker that is handed a job without a record does nothing. */
async function cancelJob(record: JobRecord, deadline: number, { ports, configuration }: HandlerContext): Promise<HttpResponse> {
  const { state, leaseUntil = 0 } = record.job;
  const isDrawn = state === 'running' && ports.clock.now() < leaseUntil;
  if (isDrawn || !await ports.records.cancel(record)) {
    throw new ApiError('IN_PROGRESS', 'the image is being drawn: delete it when that is done', { retryAfterSeconds: RUNNING_RETRY_SECONDS });
  }
  // and what an attempt may have stored
  await ports.store.remove([jobKeys, possibleKeys, failureKeys].flatMap((keys) => keys(record, configuration.prefix)));
  await publishBestEffort('deleted', record, ports, deadline);
  return { status: 204 };
}

const RUNNING_RETRY_SECONDS = 5;

async function listModels(_request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  return { status: 200, json: modelsResponse(context) };
}

/** A whole number as JSON writes it: forms and old clients have more leeway (`valueOf`). */
function numberOrText(text: string): number | string {
  return /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : text;
}
