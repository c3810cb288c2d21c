import {
  bodyTooLarge, endOfLife, internalError, modelFailed, modelNotReady, modelTimedOut, quotaExceeded, ServiceError, subscriptionMissing, throttled,
  unavailable, unknownModel, unknownOperation, validationError,
} from './bedrock-errors';
import { resolveModel } from './model-id';
import { Control } from '../control/control';
import { Operation, Work } from '../families/family';
import { familyOf } from '../families/family-of';
import { Answer, errorAnswer, json, readBody, Request } from '../http-exchange';
import { isObject, JsonObject } from '../schema/schema-validation';
import { FailureMode, ModelCall, serve } from '../serve-model-call';
import { signedRegion } from '../signature';

const MAX_BODY_BYTES = 25_000_000;
const MODEL_PATH = /^\/model\/(?<id>.+)\/(?<operation>invoke|converse)$/;

const FAILURES: Readonly<Record<FailureMode, (modelId: string) => ServiceError>> = {
  'throttle': throttled,
  'end-of-life': endOfLife,
  'access-denied': subscriptionMissing,
  'server-error': internalError,
  'model-error': modelFailed,
  'model-timeout': modelTimedOut,
  'not-ready': modelNotReady,
  'unavailable': unavailable,
  'quota-exceeded': quotaExceeded,
};

/** Answers as Bedrock runtime would, or as the mode asks. */
export async function answerModelRequest(request: Request, path: string, control: Control, closing: AbortSignal): Promise<Answer> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const route = MODEL_PATH.exec(path)?.groups;
  if (route === undefined || request.method !== 'POST') return errorAnswer(unknownOperation());
  const called = decoded(route.id);
  const call: ModelCall = {
    modelId: called ?? route.id,
    accept: async () => accept(request, called, route.operation as Operation, body),
    failure: (mode) => FAILURES[mode](called ?? route.id),
  };
  const served = await serve(call, control, closing);
  return served === 'hang-up' ? served : json(200, served);
}

async function accept(request: Request, called: string | undefined, operation: Operation, body: Buffer | undefined): Promise<Work> {
  const region = signedRegion(request.headers.authorization);
  if (called === undefined) throw unknownModel();
  if (body === undefined) throw bodyTooLarge(MAX_BODY_BYTES);
  const model = resolveModel(called, region);
  return familyOf(model, operation).accept(model, parsed(body));
}

/** The id in a path; `undefined` if its percent encoding is broken. */
export function decoded(id: string): string | undefined {
  try {
    return decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

export function parsed(body: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw validationError('The request body is not valid JSON, please reformat your input and try again.');
  }
  if (!isObject(value)) throw validationError('Malformed input request: #: expected type: JSONObject, please reformat your input and try again.');
  return value;
}
