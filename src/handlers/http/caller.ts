import type { HttpRequest } from './request';
import { IDEMPOTENCY_KEY_MAX_LENGTH } from '../../private/contract/requests';
import type { Caller } from '../generation/types';
import { invalidRequest } from '../shared/api-error';

/** Returns the owner, the `Idempotency-Key` header and the deadlines of a request. */
export function callerOf(request: HttpRequest): Caller {
  return { owner: request.owner, idempotencyKey: idempotencyKeyOf(request), deadlines: request.deadlines };
}

/** Throws if a request has an `Idempotency-Key`: its route would charge each repeated request. */
export function rejectIdempotencyKey({ headers }: HttpRequest): void {
  if (headers['idempotency-key'] === undefined) return;
  throw invalidRequest([{ pointer: 'Idempotency-Key', detail: 'is not supported for texts: each request is charged' }]);
}

function idempotencyKeyOf({ headers }: HttpRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key !== undefined && (key.trim() === '' || key.length > IDEMPOTENCY_KEY_MAX_LENGTH)) {
    throw invalidRequest([{ pointer: 'Idempotency-Key', detail: `must have 1 to ${IDEMPOTENCY_KEY_MAX_LENGTH} characters, got ${key.trim() === '' ? 0 : key.length}` }]);
  }
  return key;
}
