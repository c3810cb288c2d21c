import { bodyTooLarge, endOfLife, internalError, modelFailed, modelNotReady, modelTimedOut, quotaExceeded, missingSubscription, throttled, unavailable, unknownModel, unknownOperation, validationError } from './bedrock-errors';
import { type ServiceError } from '../service-error';
import { resolveModel } from './model-id';
import { type Control } from '../control/control';
import { type Operation, type Outcomes } from '../families/family';
import { familyOf } from '../families/family-of';
import { type ServiceResponse, errorResponse, jsonResponse, readBody, type IncomingRequest } from '../http-exchange';
import { isObject, type JsonObject } from '../schema/schema-validation';
import { type FailureMode, type ModelCall, serveModelCall } from '../serve-model-call';
import { signedRegion } from '../signature';

const MAX_BODY_BYTES = 25_000_000;
const MODEL_PATH = /^\/model\/(?<id>.+)\/(?<operation>invoke|converse)$/;

const FAILURES: Readonly<Record<FailureMode, (modelId: string) => ServiceError>> = {
  'throttle': throttled,
  'end-of-life': endOfLife,
  'access-denied': missingSubscription,
  'server-error': internalError,
  'model-error': modelFailed,
  'model-timeout': modelTimedOut,
  'not-ready': modelNotReady,
  'unavailable': unavailable,
  'quota-exceeded': quotaExceeded,
};

/** Handles InvokeModel and Converse of Bedrock Runtime. */
export async function handleModelRequest(
  request: IncomingRequest, path: string, control: Control, closing: AbortSignal,
): Promise<ServiceResponse> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const route = MODEL_PATH.exec(path)?.groups;
  if (route === undefined || request.method !== 'POST') return errorResponse(unknownOperation());
  const modelId = decodePathSegment(route.id);
  const call: ModelCall = {
    modelId: modelId ?? route.id,
    accept: async () => accept(request, modelId, route.operation as Operation, body),
    failure: (mode) => FAILURES[mode](modelId ?? route.id),
  };
  const response = await serveModelCall(call, control, closing);
  return response === 'reset' ? response : jsonResponse(200, response);
}

async function accept(request: IncomingRequest, modelId: string | undefined, operation: Operation, body: Buffer | undefined): Promise<Outcomes> {
  const region = signedRegion(request.headers.authorization);
  if (modelId === undefined) throw unknownModel();
  if (body === undefined) throw bodyTooLarge(MAX_BODY_BYTES);
  const model = resolveModel(modelId, region);
  return familyOf(model, operation).accept(model, parseJsonObject(body));
}

/** Decodes a path segment. Returns `undefined` if its percent encoding is invalid. */
export function decodePathSegment(id: string): string | undefined {
  try {
    return decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

/** Parses a JSON object. Throws the error of Bedrock for any other body. */
export function parseJsonObject(body: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw validationError('The request body is not valid JSON, please reformat your input and try again.');
  }
  if (!isObject(value)) throw validationError('Malformed input request: #: expected type: JSONObject, please reformat your input and try again.');
  return value;
}
