import fc from 'fast-check';
import {
  newTile, restoredTile, type Tile, type TileEvent, type TileEventType, type TileState, type TileStateName, type TimedEvent,
} from '../../../src/playground/runs/tile';
import { reduceTile } from '../../../src/playground/runs/tile-reducer';
import { IMAGE_ID, pageProblem, pageRecord, TILE_EVENTS, TILE_IMAGE } from '../../fixtures/playground-tiles';

const START = 1_000;
const tile = newTile('tile-1', 'key-1', START);
const job = restoredTile(IMAGE_ID, 'key-1', START);
const events = Object.keys(TILE_EVENTS) as TileEventType[];

/** Returns the tile after events that are one second apart. */
function after(first: Tile, ...steps: readonly (TileEventType | TileEvent)[]): Tile {
  return steps.reduce((current, step, index) => {
    const event = typeof step === 'string' ? TILE_EVENTS[step] : step;
    return reduceTile(current, { ...event, at: START + 1000 * (index + 1) });
  }, first);
}

const TILES: Readonly<Record<string, Tile>> = {
  'sending': tile,
  'sending, enqueueing': after(tile, { type: 'sent', direct: false }),
  'generating': after(tile, 'sent'),
  'generating by a job': after(job, 'running'),
  'queued': job,
  'waiting': after(tile, 'sent', 'postponed'),
  'waiting for the first request': after(tile, 'sent', { type: 'postponed', problem: pageProblem('IN_PROGRESS'), repeatAt: 9_000 }),
  'ready': after(tile, 'sent', 'succeeded'),
  'filtered': after(tile, 'sent', 'filtered'),
  'failed': after(tile, 'sent', 'failed'),
  'unsure': after(tile, 'sent', 'lost'),
  'cancelled': after(tile, 'stop'),
  'expired': after(tile, 'sent', 'succeeded', 'expired'),
  'deleted': after(tile, 'sent', 'succeeded', 'deleted'),
};

const RESULTS = { succeeded: 'ready', filtered: 'filtered', failed: 'failed', expired: 'expired', deleted: 'deleted' } as const;

/** The state after each event. Events that are not listed are ignored. */
const TRANSITIONS: Readonly<Record<string, Readonly<Partial<Record<TileEventType, TileStateName>>>>> = {
  'sending': { ...RESULTS, sent: 'generating', enqueued: 'queued', postponed: 'waiting', lost: 'unsure', stop: 'cancelled' },
  'sending, enqueueing': { ...RESULTS, sent: 'generating', enqueued: 'queued', postponed: 'waiting', lost: 'unsure', stop: 'unsure' },
  'generating': { ...RESULTS, enqueued: 'queued', postponed: 'waiting', lost: 'unsure', stop: 'unsure' },
  'generating by a job': { ...RESULTS, enqueued: 'queued' },
  'queued': { ...RESULTS, running: 'generating', cancel: 'queued', cancelRefused: 'queued', cancelLost: 'queued', cancelled: 'cancelled' },
  'waiting': { repeat: 'sending', stop: 'cancelled' },
  'waiting for the first request': { repeat: 'sending', stop: 'unsure' },
  'ready': { expired: 'expired', deleted: 'deleted' },
  'filtered': { again: 'sending', deleted: 'deleted' },
  'failed': { again: 'sending', deleted: 'deleted' },
  'unsure': { again: 'sending' },
  'cancelled': { again: 'sending' },
  'expired': { again: 'sending', deleted: 'deleted' },
  'deleted': {},
};

describe.each(Object.entries(TILES))('a tile that is %s', (name, given) => {
  it.each(events)('has the right state after the event %s', (type) => {
    const result = reduceTile(given, { ...TILE_EVENTS[type], at: 20_000 });
    const expected = TRANSITIONS[name][type];
    if (expected === undefined) expect(result).toBe(given);
    else expect(result.state).toBe(expected);
  });

  it('ignores events of an earlier request', () => {
    const later = { ...given, attempt: 2 };
    for (const type of events) expect(reduceTile(later, { ...TILE_EVENTS[type], at: 20_000, attempt: 1 })).toBe(later);
  });
});

it('each of the states of the design is reached', () => {
  const states = new Set(Object.values(TILES).map(({ state }) => state));
  expect([...states].sort()).toEqual(['cancelled', 'deleted', 'expired', 'failed', 'filtered', 'generating', 'queued', 'ready', 'sending', 'unsure', 'waiting']);
});

it('a tile has the members of its state only', () => {
  expect(after(tile, 'sent', 'postponed', { type: 'repeat', byUser: true }, 'sent', 'failed', 'again')).toEqual({
    ...tile, key: 'key-2', attempt: 3, since: 7_000, startedAt: 7_000,
  });
});

it('the time of a state begins with the state', () => {
  expect(after(tile, 'sent')).toMatchObject({ since: 2_000, startedAt: START });
  // polls do not begin it again
  expect(after(job, 'enqueued', 'enqueued').since).toBe(START);
  expect(after(job, 'running', 'running').since).toBe(2_000);
});

it('a direct image takes as long as its request', () => {
  expect(after(tile, 'sent', 'postponed', 'repeat', 'sent', 'succeeded')).toMatchObject({ state: 'ready', seconds: 2 });
});

it('the image of a job takes as long as its record says', () => {
  expect(after(job, 'running', 'succeeded')).toMatchObject({ state: 'ready', seconds: 4.1 });
  const image = { record: pageRecord({ completedAt: undefined }), index: 0 };
  expect(after(job, 'running', { type: 'succeeded', image })).not.toHaveProperty('seconds');
});

it('repeats count until the user asks again', () => {
  const repeated = after(tile, 'sent', 'postponed', 'repeat', 'sent', 'postponed', 'repeat');
  expect(repeated).toMatchObject({ repeats: 2, attempt: 3, key: 'key-1' });
  expect(after(repeated, 'sent', 'postponed', { type: 'repeat', byUser: true })).toMatchObject({ repeats: 0, attempt: 4, key: 'key-1' });
  expect(after(repeated, 'sent', 'failed', 'again')).toMatchObject({ repeats: 0, attempt: 4, key: 'key-2' });
});

it('a job remembers that it cannot be cancelled', () => {
  expect(after(job, 'cancel')).toMatchObject({ state: 'queued', cancel: 'requested', jobId: IMAGE_ID });
  expect(after(job, 'cancel', 'cancelRefused')).toMatchObject({ state: 'queued', cancel: 'refused' });
  expect(after(job, 'cancel', 'cancelLost')).toEqual(job);
  expect(after(tile, { type: 'sent', direct: false }, 'enqueued', 'cancel')).toMatchObject({ estimatedSeconds: 40, cancel: 'requested' });
});

it('an expired tile keeps its image', () => {
  expect(TILES.expired).toMatchObject({ image: TILE_IMAGE });
  expect(after(job, { type: 'expired' })).not.toHaveProperty('image');
});

it('a failure says whether it is the outcome of an earlier request', () => {
  expect(TILES.failed).toMatchObject({ replayed: false });
  expect(after(tile, 'sent', { type: 'failed', problem: pageProblem('INTERNAL'), replayed: true })).toMatchObject({ replayed: true });
});

/** Members of each state, besides those of all tiles. */
const MEMBERS: { readonly [State in TileState['state']]: readonly string[] } = {
  sending: ['isSent'],
  generating: ['jobId'],
  queued: ['jobId', 'estimatedSeconds', 'cancel'],
  waiting: ['problem', 'repeatAt'],
  ready: ['image', 'seconds'],
  filtered: ['problem'],
  failed: ['problem', 'replayed'],
  unsure: ['reason'],
  cancelled: [],
  expired: ['image'],
  deleted: [],
};

it('any sequence of events leaves a valid tile: its key changes only when the user asks again, and a deleted tile stays deleted', () => {
  const event = fc.tuple(fc.constantFrom(...events), fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }))
    .map(([type, attempt]) => ({ ...TILE_EVENTS[type], ...(attempt !== undefined && { attempt }) }));
  fc.assert(fc.property(fc.constantFrom(tile, job), fc.array(event, { maxLength: 30 }), (first, steps) => {
    let current = first;
    steps.forEach((step, index) => {
      const timed: TimedEvent = { ...step, at: START + index };
      const next = reduceTile(current, timed);
      const facts = ['id', 'key', 'attempt', 'repeats', 'since', 'startedAt', 'state'];
      expect(Object.keys(next).filter((member) => !facts.includes(member) && !MEMBERS[next.state].includes(member))).toEqual([]);
      expect(next.attempt - current.attempt).toBe(['repeat', 'again'].includes(step.type) && next !== current ? 1 : 0);
      if (step.type !== 'again') expect(next.key).toBe(current.key);
      if (current.state === 'deleted') expect(next).toBe(current);
      current = next;
    });
  }));
});
