import type { HandlerConfiguration } from '../../private/contract/configuration';
import { IDEMPOTENCY_KEY_MAX_LENGTH, INLINE_MAX_BYTES, LIST_QUERY_SCHEMA } from '../../private/contract/requests';
import { invalidRequest, notFound } from '../errors';
import { generatedAnswer, recordAnswer, type AnswerContext } from './answers';
import { faultsOf } from './faults';
import { parseGenerate } from './generate-request';
import type { AllowedModels } from './models';
import { modelAnswer } from './models-answer';
import { jsonBody, type HttpAnswer, type HttpRequest } from './request';
import { validateListQuery } from './validators.generated';
import type { ImageListAnswer } from '../../private/contract/answers';
import { generate, type GenerationPorts } from '../generation/generate';
import type { ImageRecord } from '../generation/ports';
import type { UrlSigner } from '../storage/signed-urls';

export interface RouteContext {
  readonly configuration: HandlerConfiguration;
  readonly models: AllowedModels;
  readonly ports: GenerationPorts;
  readonly signer: UrlSigner;
}

export type RouteFunction = (request: HttpRequest, context: RouteContext) => Promise<HttpAnswer>;

/** The standard routes, by method and resource. */
export const STANDARD: Readonly<Record<string, RouteFunction>> = {
  'POST /images': createImages,
  'GET /images': listImages,
  'GET /images/{id}': getImage,
  'DELETE /images/{id}': deleteImage,
  'GET /models': listModels,
};

async function createImages(request: HttpRequest, context: RouteContext): Promise<HttpAnswer> {
  const idempotencyKey = idempotencyKeyOf(request);
  const wantsBytes = prefersImage(request.headers.accept);
  const { request: wanted, inline } = parseGenerate(jsonBody(request), context.models);
  if (wantsBytes && wanted.count > 1) throw invalidRequest([{ pointer: '/count', detail: `must be 1 with Accept: image/*, got ${wanted.count}` }]);

  const caller = { owner: request.owner, idempotencyKey, deadline: request.deadline };
  const generated = await generate(wanted, caller, context.ports, context.configuration);
  // what is not stored cannot be asked for again
  const headers: Record<string, string> = generated.record.images.length > 0 ? { Location: `${request.path}/${generated.record.id}` } : {};
  const drawn = generated.images[0].drawn;
  if (wantsBytes && drawn && drawn.bytes.byteLength <= INLINE_MAX_BYTES) return { status: 201, headers, binary: drawn };
  return { status: 201, headers, json: await generatedAnswer(generated, inline || wantsBytes, answerContext(context)) };
}

async function getImage(request: HttpRequest, context: RouteContext): Promise<HttpAnswer> {
  return { status: 200, json: await recordAnswer(await ownRecord(request, context), answerContext(context)) };
}

async function listImages(request: HttpRequest, context: RouteContext): Promise<HttpAnswer> {
  const { limit = '', cursor } = request.query;
  const query = { ...request.query, limit: limit === '' ? LIST_QUERY_SCHEMA.properties.limit.default : numberOrText(limit) };
  if (!validateListQuery(query)) {
    const faults = faultsOf(validateListQuery.errors ?? [], LIST_QUERY_SCHEMA, query);
    throw invalidRequest(faults.map(({ pointer, detail }) => ({ pointer: pointer.slice(1), detail })));
  }
  const page = await context.ports.records.list(request.owner, Number(query.limit), cursor);
  const images = await Promise.all(page.records.map((record) => recordAnswer(record, answerContext(context))));
  const json: ImageListAnswer = { images, ...(page.cursor && { cursor: page.cursor }) };
  return { status: 200, json };
}

async function deleteImage(request: HttpRequest, context: RouteContext): Promise<HttpAnswer> {
  const record = await ownRecord(request, context);
  // objects first: if they cannot be removed, the record still tells where they are
  await context.ports.store.remove(record.images.map(({ key }) => key));
  await context.ports.records.remove(record.owner, record.id);
  return { status: 204 };
}

async function listModels(_request: HttpRequest, { models }: RouteContext): Promise<HttpAnswer> {
  return { status: 200, json: { models: models.all.map((model) => modelAnswer(model, model === models.standard)) } };
}

const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** The caller's own record: somebody else's lies under another key and is not found. */
async function ownRecord({ pathParameters, owner }: HttpRequest, { ports }: RouteContext): Promise<ImageRecord> {
  const id = pathParameters.id ?? '';
  const record = ID.test(id) ? await ports.records.get(owner, id) : undefined;
  if (!record) throw notFound();
  return record;
}

function answerContext({ configuration, signer, ports }: RouteContext): AnswerContext {
  return { signer, presignTtlSeconds: configuration.presignTtlSeconds, now: () => ports.clock.now() };
}

function idempotencyKeyOf({ headers }: HttpRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key !== undefined && (key.trim() === '' || key.length > IDEMPOTENCY_KEY_MAX_LENGTH)) {
    throw invalidRequest([{ pointer: 'Idempotency-Key', detail: `must have 1 to ${IDEMPOTENCY_KEY_MAX_LENGTH} characters, got ${key.trim().length}` }]);
  }
  return key;
}

/** A client whose first choice is an image wants the picture itself. API Gateway too goes by the first, and hands out no bytes else. */
function prefersImage(accept = ''): boolean {
  return accept.trim().toLowerCase().startsWith('image/');
}

function numberOrText(text: string): number | string {
  return /^-?\d+$/.test(text) ? Number(text) : text;
}
