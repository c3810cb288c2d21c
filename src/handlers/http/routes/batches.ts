import { parseEdit } from './edit-images';
import type { FieldError } from '../../../private/contract/errors';
import { BATCH_REQUEST_SCHEMA } from '../../../private/contract/requests';
import { validateBatchRequest } from '../../requests/validators/validators.generated';
import { fingerprintOf } from '../../requests/parsed-request';
import type { BatchResponse, ImageStatus } from '../../../private/contract/responses';
import { enqueueBatch, type BatchItem } from '../../jobs/enqueue-batch';
import type { JobBody } from '../../jobs/job';
import type { HandlerContext } from '../../requests/context';
import { parseGenerate } from '../../requests/parse-generate';
import { fieldErrorsOf } from '../../requests/validation-errors';
import { ApiError, invalidRequest, isFiltered, notFound } from '../../shared/errors';
import { requestContext } from '../idempotency-key';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';
import { estimateSeconds, refuseInline } from '../respond-async';
import { stateOf } from '../responses';

type Data = Readonly<Record<string, unknown>>;

/** `POST /images/batches` */
export async function createBatch(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { ports, batches, queue, configuration } = context;
  if (!queue) throw notFound();
  const data = jsonBody(request);
  if (!validateBatchRequest(data)) throw invalidRequest(fieldErrorsOf(validateBatchRequest.errors ?? [], BATCH_REQUEST_SCHEMA, data));
  const items = itemsOf(data.requests as readonly Data[], request, context);
  const settings = { ...configuration, requestId: request.requestId };
  const { id, images } = await enqueueBatch(items, fingerprintOf(data), requestContext(request), { ...ports, queue, batches }, settings);
  const estimatedSeconds = await estimateSeconds(context.models.standard.model.id, queue, context);
  const path = `${request.path}/${id}`;
  return { status: 202, headers: { Location: path }, json: { id, images, estimatedSeconds } };
}

/** All that is wrong with any of them: then none is drawn. What the operator's rules filter fails alone, as what a model filters. */
function itemsOf(requests: readonly Data[], { owner }: HttpRequest, context: HandlerContext): BatchItem[] {
  const faults: FieldError[] = [];
  const items = requests.flatMap((data, index): BatchItem | [] => {
    const body: JobBody = { route: 'operation' in data ? 'POST /images/edits' : 'POST /images', data };
    try {
      const wanted = (body.route === 'POST /images' ? parseGenerate : parseEdit)(data, owner, context);
      refuseInline(wanted);
      return { body, request: wanted.request };
    } catch (error) {
      if (isFiltered(error)) return { body, filtered: error, model: context.models.standard.model.id };
      if (!(error instanceof ApiError) || !error.fieldErrors) throw error;
      faults.push(...error.fieldErrors.map(({ pointer, detail }) => ({ pointer: `/requests/${index}${pointer}`, detail })));
      return [];
    }
  });
  if (faults.length > 0) throw invalidRequest(faults);
  return items;
}

/** `GET /images/batches/{id}` */
export async function getBatch({ pathParameters, owner }: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { ports, batches } = context;
  const batch = await batches.get(owner, pathParameters.id ?? '');
  if (!batch) throw notFound();
  const images = await Promise.all(batch.images.map(async (id) => {
    const record = await ports.records.get(owner, id);
    if (!record) return { id, status: 'deleted' as const };
    const { status, problem } = stateOf(record, ports.clock.now());
    return { id, status, ...(problem && { problem }) };
  }));
  const counts: Partial<Record<ImageStatus | 'deleted', number>> = {};
  for (const { status } of images) counts[status] = (counts[status] ?? 0) + 1;
  const json: BatchResponse = { id: batch.id, createdAt: new Date(batch.createdAt).toISOString(), counts, images };
  return { status: 200, json };
}
