import type { JsonObject } from '../../../private/contract/json-object';
import { LIST_QUERY_SCHEMA } from '../../../private/contract/requests';
import type { ImageListResponse } from '../../../private/contract/responses';
import type { Deadlines } from '../../generation/deadlines';
import { publishBestEffort } from '../../generation/publish-event';
import { failureKeys, jobKeys, possibleImageKeys } from '../../generation/storage/keys';
import { hasJobState, type JobRecord } from '../../generation/storage/records';
import { KEY_LIFETIME_MS } from '../../generation/types';
import { chargedReservation } from '../../jobs/job-limits';
import type { HandlerContext } from '../../requests/context';
import { firstErrorPerField, pointerTo, schemaErrors } from '../../requests/validation-errors';
import { validateListQuery } from '../../requests/validators/list-query.generated';
import { ApiError, invalidRequest } from '../../shared/api-error';
import { getOwnImage } from '../get-own-image';
import { recordResponse, responseContext } from '../image-responses';
import type { HttpResponse, HttpRequest } from '../request';

/** `GET /images/{id}` */
export async function getImage(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const record = await getOwnImage(request.pathParameters.id, request.owner, context);
  return { status: 200, json: await recordResponse(record, responseContext(context)) };
}

/** `GET /images` */
export async function listImages(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { limit, cursor } = listQuery(request);
  const page = await context.ports.records.list(request.owner, limit, cursor);
  const images = await Promise.all(page.records.map((record) => recordResponse(record, responseContext(context))));
  const json: ImageListResponse = { images, ...(page.cursor && { cursor: page.cursor }) };
  return { status: 200, json };
}

/** Parses the query. Errors contain the names of parameters instead of JSON pointers. */
function listQuery({ query, repeated }: HttpRequest): { readonly limit: number; readonly cursor?: string } {
  const data: JsonObject = { ...query, limit: query.limit === undefined ? LIST_QUERY_SCHEMA.properties.limit.default : integerOrText(query.limit) };
  const fieldErrors = firstErrorPerField([
    ...schemaErrors(validateListQuery, LIST_QUERY_SCHEMA, data),
    ...repeated.map((name) => ({ pointer: pointerTo(name), detail: 'must not be repeated' })),
  ]);
  if (fieldErrors.length > 0) throw invalidRequest(fieldErrors.map(({ pointer, detail }) => ({ pointer: pointer.slice(1), detail })));
  return { limit: Number(data.limit), cursor: query.cursor };
}

/** Converts an integer as JSON writes it. Forms and legacy routes accept more (`coerce`). */
function integerOrText(text: string): number | string {
  return /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : text;
}

/** `DELETE /images/{id}` */
export async function deleteImage(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const record = await getOwnImage(request.pathParameters.id, request.owner, context);
  if (hasJobState(record)) return cancelJob(record, request.deadlines, context);
  // objects first: if that fails, the record still has their keys
  const { ports: { store, records, clock }, configuration: { prefix } } = context;
  // a worker may not have deleted the documents of its job
  await store.remove([...record.images.map(({ key }) => key), ...jobKeys(record, prefix), ...failureKeys(record, prefix)]);
  await records.markDeleted(record.owner, record.id, clock.now() + KEY_LIFETIME_MS);
  await records.remove(record.owner, record.id);
  await publishBestEffort('deleted', record, context.ports, request.deadlines);
  return { status: 204 };
}

const RUNNING_RETRY_SECONDS = 5;

/** Deletes a job that is not running. A worker ignores messages of jobs without a record. */
async function cancelJob(record: JobRecord, deadlines: Deadlines, { ports, configuration }: HandlerContext): Promise<HttpResponse> {
  const { state, leaseUntil = 0 } = record.job;
  const isRunning = state === 'running' && ports.clock.now() < leaseUntil;
  if (!isRunning) await ports.records.markDeleted(record.owner, record.id, ports.clock.now() + KEY_LIFETIME_MS);
  if (isRunning || !await ports.records.cancel(record)) {
    throw new ApiError('IN_PROGRESS', 'the image is being generated; delete it after the job completes', { retryAfterSeconds: RUNNING_RETRY_SECONDS });
  }
  const { owner, job } = record;
  if (job.reservation) await ports.budget?.settle(owner, job.reservation, chargedReservation(job), deadlines.response);
  // an interrupted attempt may have stored images
  await ports.store.remove([jobKeys, possibleImageKeys, failureKeys].flatMap((keys) => keys(record, configuration.prefix)));
  await publishBestEffort('deleted', record, ports, deadlines);
  return { status: 204 };
}
