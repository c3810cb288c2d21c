import { setTimeout as sleep } from 'node:timers/promises';
import { Control, delayOf, Mode } from './control';
import {
  bodyTooLarge, endOfLife, internalError, ServiceError, subscriptionMissing, throttled, unknownModel, unknownOperation, validationError,
} from './errors';
import { Answer, errorAnswer, json, readBody, Request } from './exchange';
import { Operation, Work } from './families/family';
import { familyOf } from './families/table';
import { resolveModel } from './model-id';
import { signedRegion } from './signature';
import { isObject, JsonObject } from './validation';

const MAX_BODY_BYTES = 25_000_000;
const MODEL_PATH = /^\/model\/(?<id>.+)\/(?<operation>invoke|converse)$/;

/** Answers as Bedrock runtime would, or as the mode asks; what Bedrock would refuse is refused whatever the mode. */
export async function answerModelRequest(request: Request, path: string, control: Control, closing: AbortSignal): Promise<Answer> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const route = MODEL_PATH.exec(path)?.groups;
  if (route === undefined || request.method !== 'POST') return errorAnswer(unknownOperation());
  const called = decoded(route.id);
  let work: Work;
  try {
    work = accept(request, called, route.operation as Operation, body);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    control.record(called ?? route.id, 'refused');
    return errorAnswer(error);
  }
  const mode = control.takeMode();
  control.record(called ?? route.id, mode.mode);
  const delay = delayOf(mode);
  if (delay > 0) await sleep(delay, undefined, { signal: closing });
  return answerInMode(mode, work);
}

function accept(request: Request, called: string | undefined, operation: Operation, body: Buffer | undefined): Work {
  const region = signedRegion(request.headers.authorization);
  if (called === undefined) throw unknownModel();
  if (body === undefined) throw bodyTooLarge(MAX_BODY_BYTES);
  const model = resolveModel(called, region);
  return familyOf(model, operation).accept(model, parsed(body));
}

/** The model id of the path; `undefined` if its percent encoding is broken. */
function decoded(id: string): string | undefined {
  try {
    return decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

function parsed(body: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw validationError('The request body is not valid JSON, please reformat your input and try again.');
  }
  if (!isObject(value)) throw validationError('Malformed input request: #: expected type: JSONObject, please reformat your input and try again.');
  return value;
}

async function answerInMode({ mode }: Mode, work: Work): Promise<Answer> {
  switch (mode) {
    case 'ok':
    case 'slow': return json(200, await work.answer());
    case 'filter-prompt': return json(200, work.filtered('prompt'));
    case 'filter-output': return json(200, work.filtered('output'));
    case 'truncated': return json(200, await work.truncated());
    case 'malformed': return json(200, { images: [42], seeds: 'many', finish_reasons: {}, output: 'none of this is as documented' });
    case 'throttle': return errorAnswer(throttled());
    case 'end-of-life': return errorAnswer(endOfLife());
    case 'access-denied': return errorAnswer(subscriptionMissing());
    case 'server-error': return errorAnswer(internalError());
    case 'reset': return 'hang-up';
  }
}
