/** The state machine of a tile, without a clock and without a DOM. */
import { type Tile, type TileEvent, type TileImage, type TileState, type TimedEvent } from './tile';

type EventOf<Type extends TileEvent['type']> = Extract<TileEvent, { readonly type: Type }> & { readonly at: number };
/** Handlers of the events that a state accepts. It ignores all others. */
type Handlers = { readonly [Type in TileEvent['type']]?: (tile: Tile, event: EventOf<Type>) => Tile };

/** Returns the tile after an event. Returns the same tile if its state does not accept the event, or if it belongs to an earlier request. */
export function reduceTile(tile: Tile, event: TimedEvent): Tile {
  if (event.attempt !== undefined && event.attempt !== tile.attempt) return tile;
  const handler = HANDLERS[tile.state][event.type] as ((tile: Tile, event: TimedEvent) => Tile) | undefined;
  return handler ? handler(tile, event) : tile;
}

/** Outcomes of a request that is on its way. */
const OUTCOMES: Handlers = {
  enqueued: (tile, { at, jobId, estimatedSeconds }) => enter(tile, at, { state: 'queued', jobId, ...(estimatedSeconds !== undefined && { estimatedSeconds }) }),
  succeeded: (tile, { at, image }) => enter(tile, at, { state: 'ready', image, ...secondsOf(tile, image, at) }),
  filtered: (tile, { at, problem }) => enter(tile, at, { state: 'filtered', problem }),
  failed: (tile, { at, problem, replayed = false }) => enter(tile, at, { state: 'failed', problem, replayed }),
  expired: (tile, { at, image }) => enter(tile, at, { state: 'expired', ...(image && { image }) }),
  deleted: (tile, { at }) => enter(tile, at, { state: 'deleted' }),
};

/** Outcomes of a request that has no job. */
const REQUEST: Handlers = {
  ...OUTCOMES,
  postponed: (tile, { at, problem, repeatAt }) => enter(tile, at, { state: 'waiting', problem, repeatAt }),
  lost: (tile, { at, reason }) => enter(tile, at, { state: 'unsure', reason }),
};

const stopWaiting = (tile: Tile, at: number) => enter(tile, at, { state: 'unsure', reason: 'stopped' });
const cancelled = (tile: Tile, at: number) => enter(tile, at, { state: 'cancelled' });
const again: Handlers['again'] = (tile, { at, key }) => restart({ ...tile, key, repeats: 0 }, at);
const deleted: Handlers['deleted'] = (tile, { at }) => enter(tile, at, { state: 'deleted' });

const HANDLERS: { readonly [State in TileState['state']]: Handlers } = {
  sending: {
    ...REQUEST,
    sent: (tile, { at, direct }) => (direct ? enter(tile, at, { state: 'generating' }) : enter(tile, tile.since, { state: 'sending', isSent: true })),
    stop: (tile, { at }) => (tile.state === 'sending' && tile.isSent ? stopWaiting(tile, at) : cancelled(tile, at)),
  },
  generating: {
    ...REQUEST,
    // a job that is running cannot be cancelled, and its polls do not make it unsure
    postponed: (tile, event) => (jobOf(tile) === undefined ? REQUEST.postponed!(tile, event) : tile),
    lost: (tile, event) => (jobOf(tile) === undefined ? REQUEST.lost!(tile, event) : tile),
    stop: (tile, { at }) => (jobOf(tile) === undefined ? stopWaiting(tile, at) : tile),
  },
  queued: {
    ...OUTCOMES,
    // polls report the same state again
    enqueued: (tile) => tile,
    running: (tile, { at }) => enter(tile, at, { state: 'generating', jobId: jobOf(tile) }),
    cancel: (tile) => withCancel(tile, 'requested'),
    cancelRefused: (tile) => withCancel(tile, 'refused'),
    cancelLost: (tile) => withCancel(tile, undefined),
    cancelled: (tile, { at }) => cancelled(tile, at),
  },
  waiting: {
    repeat: (tile, { at, byUser }) => restart({ ...tile, repeats: byUser ? 0 : tile.repeats + 1 }, at),
    // the first request with the key is still running
    stop: (tile, { at }) => (tile.state === 'waiting' && tile.problem.code === 'IN_PROGRESS' ? stopWaiting(tile, at) : cancelled(tile, at)),
  },
  ready: {
    expired: (tile, { at }) => enter(tile, at, { state: 'expired', ...(tile.state === 'ready' && { image: tile.image }) }),
    deleted,
  },
  filtered: { again, deleted },
  failed: { again, deleted },
  unsure: { again },
  cancelled: { again },
  expired: { again, deleted },
  deleted: {},
};

/** Returns the tile in another state. Members of its state before are left behind. */
function enter({ id, key, attempt, repeats, startedAt }: Tile, since: number, state: TileState): Tile {
  return { id, key, attempt, repeats, startedAt, since, ...state };
}

function restart(tile: Tile, at: number): Tile {
  return { ...enter(tile, at, { state: 'sending' }), attempt: tile.attempt + 1, startedAt: at };
}

function withCancel(tile: Tile, cancel: 'requested' | 'refused' | undefined): Tile {
  if (tile.state !== 'queued') return tile;
  const { jobId, estimatedSeconds } = tile;
  return enter(tile, tile.since, {
    state: 'queued', jobId, ...(estimatedSeconds !== undefined && { estimatedSeconds }), ...(cancel && { cancel }),
  });
}

function jobOf(tile: Tile): string | undefined {
  return 'jobId' in tile ? tile.jobId : undefined;
}

/** Returns how long the image took: from the click for direct requests, by the record for jobs. */
function secondsOf(tile: Tile, { record }: TileImage, at: number): { readonly seconds?: number } {
  if (jobOf(tile) === undefined) return { seconds: (at - tile.startedAt) / 1000 };
  const seconds = record.completedAt === undefined ? NaN : (Date.parse(record.completedAt) - Date.parse(record.createdAt)) / 1000;
  return Number.isFinite(seconds) ? { seconds } : {};
}
