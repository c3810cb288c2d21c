import { setTimeout as sleep } from 'node:timers/promises';
import { bodyTooLarge, internalError, unknownOperation, validationError } from './bedrock-errors';
import { type ServiceResponse, jsonResponse, readBody, type IncomingRequest } from '../http-exchange';
import { ServiceError } from '../service-error';
import { type GuardrailContent, parseGuardrailContent, type GuardrailSource } from './guardrail-content';
import { decodePathSegment, parseJsonObject } from './model-routes';
import { type Control, delayOf } from '../control/control';
import { type JsonObject } from '../schema/schema-validation';
import { signedRegion } from '../signature';

export const GUARDRAIL_PATH = '/guardrail';

const MAX_BODY_BYTES = 25_000_000;
const PATH = /^\/guardrail\/(?<id>.+)\/version\/(?<version>[^/]+)\/apply$/;
const ID = /^[a-z0-9]+$|^arn:aws(?:-[^:]+)?:bedrock:(?<region>[a-z0-9-]{1,20}):\d{12}:guardrail\/[a-z0-9]+$/;
const VERSION = /^(?:[1-9]\d{0,7}|DRAFT)$/;

/** Every guardrail blocks this word in an input. */
const BLOCKED_WORD = /\bforbidden\b/iu;
const MODES = { INPUT: ['guardrail-input', 'guardrail-error'], OUTPUT: ['guardrail-output', 'guardrail-error'] } as const;
const MESSAGES: Readonly<Record<GuardrailSource, string>> = {
  INPUT: 'Sorry, the guardrail blocked this input.',
  OUTPUT: 'Sorry, the guardrail blocked this output.',
};

/** Handles ApplyGuardrail of Bedrock Runtime. */
export async function handleGuardrailRequest(
  request: IncomingRequest, path: string, control: Control, closing: AbortSignal,
): Promise<ServiceResponse> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const route = PATH.exec(path)?.groups;
  if (route === undefined || request.method !== 'POST') throw unknownOperation();
  const id = decodePathSegment(route.id) ?? route.id;
  let content: GuardrailContent;
  try {
    const region = signedRegion(request.headers.authorization);
    checkGuardrail(id, decodePathSegment(route.version) ?? '', region);
    if (body === undefined) throw bodyTooLarge(MAX_BODY_BYTES);
    content = parseGuardrailContent(parseJsonObject(body));
  } catch (error) {
    control.recordGuardrail(id, undefined, 'rejected');
    throw error;
  }
  const { source } = content;
  const mode = control.consumeMode(id, MODES[source]);
  const isBlocked = (mode.mode !== 'ok' && mode.mode !== 'guardrail-error') || (source === 'INPUT' && content.texts.some((text) => BLOCKED_WORD.test(text)));
  control.recordGuardrail(id, source, mode.mode === 'guardrail-error' ? mode.mode : isBlocked ? 'intervened' : 'ok');
  const delay = delayOf(mode);
  if (delay > 0) await sleep(delay, undefined, { signal: closing });
  if (mode.mode === 'guardrail-error') throw internalError();
  return jsonResponse(200, assessment(content, isBlocked));
}

function checkGuardrail(id: string, version: string, region: string): void {
  const match = ID.exec(id);
  if (match === null) throw validationError('The provided guardrail identifier is invalid.');
  if (!VERSION.test(version)) throw validationError('The provided guardrail version is invalid.');
  if (match.groups?.region !== undefined && match.groups.region !== region) {
    throw new ServiceError(404, 'ResourceNotFoundException', 'The guardrail identifier or version provided in the request does not exist.');
  }
}

function assessment({ source, texts, images }: GuardrailContent, isBlocked: boolean): JsonObject {
  const units = texts.length;
  return {
    usage: {
      topicPolicyUnits: 0,
      contentPolicyUnits: units,
      wordPolicyUnits: units,
      sensitiveInformationPolicyUnits: 0,
      sensitiveInformationPolicyFreeUnits: 0,
      contextualGroundingPolicyUnits: 0,
      contentPolicyImageUnits: images,
    },
    action: isBlocked ? 'GUARDRAIL_INTERVENED' : 'NONE',
    actionReason: isBlocked ? 'Guardrail blocked.' : 'No action.',
    outputs: isBlocked ? [{ text: MESSAGES[source] }] : [],
    assessments: isBlocked ? [{ wordPolicy: { customWords: [{ match: 'forbidden', action: 'BLOCKED', detected: true }], managedWordLists: [] } }] : [],
  };
}
