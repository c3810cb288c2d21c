import type { FieldError } from '../../../private/contract/errors';
import type { JsonObject } from '../../../private/contract/json-object';
import { BATCH_REQUEST_SCHEMA } from '../../../private/contract/requests';
import type { BatchCreatedResponse, BatchImage, BatchResponse } from '../../../private/contract/responses';
import type { Batch, ImageRecord } from '../../generation/storage/records';
import { atRequest } from '../../jobs/check-input-images';
import { BatchEnqueuer, type BatchItem, type RefusedRequest } from '../../jobs/enqueue-batch';
import type { HandlerContext } from '../../requests/context';
import { parseRequest, type ImageRequest } from '../../requests/parse-request';
import { fingerprintOf } from '../../requests/parsed-request';
import { schemaErrors } from '../../requests/validation-errors';
import { validateBatchRequest } from '../../requests/validators/batch-request.generated';
import { ApiError, invalidRequest, isFiltered, notFound } from '../../shared/api-error';
import { callerOf } from '../caller';
import { validId } from '../get-own-image';
import { statusOf } from '../image-responses';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';
import { estimateSeconds, rejectInline } from '../respond-async';

/** `POST /images/batches` */
export async function createBatch(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { ports, batches, queue, configuration, models } = context;
  if (!queue) throw new ApiError('NOT_FOUND', 'this API has no queue');
  const data = jsonBody(request);
  const bodyErrors = schemaErrors(validateBatchRequest, BATCH_REQUEST_SCHEMA, data);
  if (bodyErrors.length > 0) throw invalidRequest(bodyErrors);
  const items = await batchItems(data.requests as readonly JsonObject[], context);
  const settings = { ...configuration, requestId: request.requestId };
  const enqueuer = new BatchEnqueuer({ ...ports, queue, batches }, settings);
  const { batch, records } = await enqueuer.enqueue(items, fingerprintOf(data), callerOf(request));
  const json: BatchCreatedResponse = {
    id: batch.id,
    images: batchImages(batch, records, context),
    estimatedSeconds: await estimateSeconds(models.defaultModel.model.id, queue, context),
  };
  return { status: 202, headers: { Location: `${request.path}/${batch.id}` }, json };
}

/** A batch of many invalid requests is not parsed to its end. The response contains fewer errors. */
const MAX_COLLECTED_ERRORS = 100;

/** Parses the requests of a batch. A validation error fails the batch; a filtered prompt fails only its own request. */
async function batchItems(requests: readonly JsonObject[], context: HandlerContext): Promise<BatchItem[]> {
  const items: BatchItem[] = [];
  const fieldErrors: FieldError[] = [];
  for (const [index, data] of requests.entries()) {
    const body: ImageRequest = { route: 'operation' in data ? 'POST /images/edits' : 'POST /images', data };
    if (fieldErrors.length >= MAX_COLLECTED_ERRORS) break;
    try {
      const parsed = await parseRequest(body, context);
      rejectInline(parsed);
      items.push({ body, request: parsed.request });
    } catch (error) {
      if (isFiltered(error)) {
        items.push({ error, ...modelOf(data, context) });
        continue;
      }
      if (!(error instanceof ApiError) || !error.fieldErrors) throw error;
      fieldErrors.push(...atRequest(index, error.fieldErrors));
    }
  }
  if (fieldErrors.length > 0) throw invalidRequest(fieldErrors);
  return items;
}

/** Returns the model and the edit operation of a filtered request. Both are valid, because denied words are searched after validation. */
function modelOf({ model, operation }: JsonObject, { models, edits }: HandlerContext): Pick<RefusedRequest, 'model' | 'operation'> {
  const edit = edits.find((allowed) => allowed.edit.operation === operation);
  if (edit) return { model: edit.model.id, operation: edit.edit.operation };
  return { model: (models.find(String(model)) ?? models.defaultModel).model.id };
}

/** `GET /images/batches/{id}` */
export async function getBatch({ pathParameters, owner }: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { ports, batches } = context;
  const batch = await batches.get(owner, validId(pathParameters.id, 'batch'));
  if (!batch) throw notFound('batch');
  const images = batchImages(batch, await Promise.all(batch.images.map((id) => ports.records.get(owner, id))), context);
  const counts: Partial<Record<BatchImage['status'], number>> = {};
  for (const { status } of images) counts[status] = (counts[status] ?? 0) + 1;
  const json: BatchResponse = { id: batch.id, createdAt: new Date(batch.createdAt).toISOString(), counts, images };
  return { status: 200, json };
}

/** Returns the items of a batch from their records. */
function batchImages({ images }: Batch, records: readonly (ImageRecord | undefined)[], { ports, configuration }: HandlerContext): BatchImage[] {
  return images.map((id, index) => {
    const record = records[index];
    if (!record) return { id, status: 'deleted' };
    const { status, problem } = statusOf(record, ports.clock.now(), configuration.queue?.maxAgeSeconds);
    return { id, status, ...(problem && { problem }) };
  });
}
