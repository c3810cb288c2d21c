/** Which `Idempotency-Key` a repeated request has. The same key never charges twice; a new key is a new request. */
import { type Tile } from './tile';
import { type ErrorCode } from '../../private/contract/errors';

/** Returns a new key. */
export function createKey(): string {
  return crypto.randomUUID();
}

export interface AgainOptions {
  /** Whether the request differs from the one before, for example by its prompt. */
  readonly bodyChanged: boolean;
  /** Default: `createKey`. */
  readonly newKey?: () => string;
}

/** Returns the key with which the user requests the image of a tile again. */
export function keyOfAgain(tile: Tile, { bodyChanged, newKey = createKey }: AgainOptions): string {
  return !bodyChanged && keepsKey(tile) ? tile.key : newKey();
}

/** Returns whether the request of a tile is repeated with the same key: its outcome is not known, or it was not charged and can succeed. */
export function keepsKey(tile: Tile): boolean {
  switch (tile.state) {
    case 'sending':
    case 'generating':
    case 'queued':
    case 'waiting':
    case 'unsure': return true;
    case 'failed': return !tile.replayed && !NEW_KEY.includes(tile.problem.code) && !(tile.problem.code === 'MODEL_ERROR' && tile.problem.charged !== 'no');
    default: return false;
  }
}

/**
 * Errors after which the same key has the same result: the request itself is wrong, or its image was deleted. `MODEL_ERROR` is remembered for a
 * key if it may have been charged. The other errors that may have been charged are looked up once with the same key, because the image can
 * be stored; a replayed error ends that.
 */
export const NEW_KEY: readonly ErrorCode[] = [
  'INVALID_REQUEST', 'NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'IDEMPOTENCY_MISMATCH', 'CONTENT_FILTERED',
];
