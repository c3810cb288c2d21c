import { createKey, keepsKey, keyOfAgain } from '../../../src/playground/runs/keys';
import { newTile, type Tile, type TileEvent } from '../../../src/playground/runs/tile';
import { reduceTile } from '../../../src/playground/runs/tile-reducer';
import { type ErrorCode, ERRORS } from '../../../src/private/contract/errors';
import { pageProblem, TILE_EVENTS } from '../../fixtures/playground-tiles';

const sent = reduceTile(newTile('tile', 'key-1', 0), { ...TILE_EVENTS.sent, at: 0 });
const then = (event: TileEvent): Tile => reduceTile(sent, { ...event, at: 1 });
const failed = (code: ErrorCode, members: Parameters<typeof pageProblem>[1] = {}, replayed = false) => then({ type: 'failed', problem: pageProblem(code, members), replayed });
const newKey = () => 'key-2';

it('a new key is a UUID, and another one each time', () => {
  expect(createKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(createKey()).not.toBe(createKey());
});

it.each<ErrorCode>(['UNAUTHENTICATED', 'FORBIDDEN', 'IN_PROGRESS', 'THROTTLED', 'QUOTA_EXCEEDED', 'INTERNAL', 'MODEL_UNAVAILABLE', 'MODEL_BUSY', 'MODEL_TIMEOUT'])(
  'a request that failed with %s is repeated with the same key', (code) => {
    expect(keyOfAgain(failed(code), { bodyChanged: false, newKey })).toBe('key-1');
  },
);

it.each<ErrorCode>([
  'INVALID_REQUEST', 'NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'IDEMPOTENCY_MISMATCH', 'CONTENT_FILTERED', 'MODEL_ERROR',
])('a request that failed with %s gets a new key', (code) => {
  expect(keyOfAgain(failed(code), { bodyChanged: false, newKey })).toBe('key-2');
});

it('the tests above cover each code', () => {
  expect(Object.keys(ERRORS)).toHaveLength(9 + 7);
});

it('a model error that was not charged is repeated with the same key', () => {
  expect(keepsKey(failed('MODEL_ERROR', { charged: 'no' }))).toBe(true);
  expect(keepsKey(failed('MODEL_ERROR', { charged: 'maybe' }))).toBe(false);
});

it('a replayed error gets a new key, because the same key has it again', () => {
  expect(keepsKey(failed('MODEL_TIMEOUT', {}, true))).toBe(false);
  expect(keepsKey(failed('INTERNAL', {}, true))).toBe(false);
});

it.each(['connection', 'unreachable', 'offline', 'stopped'] as const)('a request without a response (%s) is repeated with the same key', (reason) => {
  expect(keyOfAgain(then({ type: 'lost', reason }), { bodyChanged: false, newKey })).toBe('key-1');
});

it('another body has a new key, whatever came before', () => {
  expect(keyOfAgain(then({ type: 'lost', reason: 'connection' }), { bodyChanged: true, newKey })).toBe('key-2');
});

it('a filtered, cancelled, expired or deleted image is requested with a new key', () => {
  const ready = then(TILE_EVENTS.succeeded);
  const tiles = [then(TILE_EVENTS.filtered), reduceTile(newTile('tile', 'key-1', 0), { type: 'stop', at: 0 }), reduceTile(ready, { ...TILE_EVENTS.expired, at: 2 }), then(TILE_EVENTS.deleted)];
  expect(tiles.map(({ state }) => state)).toEqual(['filtered', 'cancelled', 'expired', 'deleted']);
  for (const tile of tiles) expect(keyOfAgain(tile, { bodyChanged: false, newKey })).toBe('key-2');
});

it('a repeat by itself keeps the key', () => {
  expect(reduceTile(then(TILE_EVENTS.postponed), { type: 'repeat', byUser: false, at: 2 }).key).toBe('key-1');
});
