/** A tile: one image that is requested, from the click to its end. */
import { type ImageResponse } from '../../private/contract/responses';
import { type ApiProblem, type LostReason } from '../api-result';

/** One of the images of a record. */
export interface TileImage {
  readonly record: ImageResponse;
  /** Position in `record.images`. */
  readonly index: number;
}

/** `isSent`: the request to enqueue is on its way. */
interface Sending { readonly state: 'sending'; readonly isSent?: true }
/** `jobId`: absent for direct requests. */
interface Generating { readonly state: 'generating'; readonly jobId?: string }
/** `cancel`: whether the user asked to cancel the job, and the API refused because it is already running. */
interface Queued { readonly state: 'queued'; readonly jobId: string; readonly estimatedSeconds?: number; readonly cancel?: 'requested' | 'refused' }
/** The request is repeated by itself at `repeatAt` (epoch milliseconds). */
interface Waiting { readonly state: 'waiting'; readonly problem: ApiProblem; readonly repeatAt: number }
/** `seconds`: how long it took, if this tab knows. */
interface Ready { readonly state: 'ready'; readonly image: TileImage; readonly seconds?: number }
interface Filtered { readonly state: 'filtered'; readonly problem: ApiProblem }
/** `replayed`: whether this is the remembered error of an earlier request with the same key. */
interface Failed { readonly state: 'failed'; readonly problem: ApiProblem; readonly replayed: boolean }
/** It is not known whether the image was generated. */
interface Unsure { readonly state: 'unsure'; readonly reason: LostReason }
interface Cancelled { readonly state: 'cancelled' }
/** `image`: absent if the page has never seen it. */
interface Expired { readonly state: 'expired'; readonly image?: TileImage }
interface Deleted { readonly state: 'deleted' }

export type TileState =
  | Sending | Generating | Queued | Waiting | Ready | Filtered | Failed | Unsure | Cancelled | Expired | Deleted;

export type TileStateName = TileState['state'];

/** What a tile has in each of its states. */
export interface TileFacts {
  /** Key of the tile in its run. */
  readonly id: string;
  /** `Idempotency-Key` of its request. */
  readonly key: string;
  /** Number of its current request. Events of earlier ones are ignored. */
  readonly attempt: number;
  /** Number of times that the request was repeated by itself, since the user last asked for it. */
  readonly repeats: number;
  /** Epoch milliseconds at which the current state began. */
  readonly since: number;
  /** Epoch milliseconds at which the current request began. */
  readonly startedAt: number;
}

export type Tile = TileFacts & TileState;

export type TileEvent =
  /** The request is on its way. `direct`: its response is the image. */
  | { readonly type: 'sent'; readonly direct: boolean }
  | { readonly type: 'enqueued'; readonly jobId: string; readonly estimatedSeconds?: number }
  | { readonly type: 'running' }
  | { readonly type: 'succeeded'; readonly image: TileImage }
  | { readonly type: 'filtered'; readonly problem: ApiProblem }
  | { readonly type: 'failed'; readonly problem: ApiProblem; readonly replayed?: boolean }
  /** The request is repeated by itself. */
  | { readonly type: 'postponed'; readonly problem: ApiProblem; readonly repeatAt: number }
  | { readonly type: 'lost'; readonly reason: LostReason }
  /** X on a tile that is not queued: the user does not want to wait. */
  | { readonly type: 'stop' }
  /** X on a queued tile: `DELETE` was sent. */
  | { readonly type: 'cancel' }
  | { readonly type: 'cancelled' }
  /** `DELETE` returned 409. */
  | { readonly type: 'cancelRefused' }
  /** `DELETE` had no response. */
  | { readonly type: 'cancelLost' }
  /** The waiting time is over, or the user pressed "Try now". */
  | { readonly type: 'repeat'; readonly byUser: boolean }
  /** The user pressed "Try again" or "Generate again". `key` is from `keyOfAgain`. */
  | { readonly type: 'again'; readonly key: string }
  | { readonly type: 'expired'; readonly image?: TileImage }
  | { readonly type: 'deleted' };

export type TileEventType = TileEvent['type'];

/** An event of a tile at a point in time. */
export type TimedEvent = TileEvent & {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Number of the request that the event belongs to. Absent for events of the user. */
  readonly attempt?: number;
};

/** Returns a new tile. */
export function newTile(id: string, key: string, at: number): Tile {
  return { id, key, attempt: 1, repeats: 0, since: at, startedAt: at, state: 'sending' };
}

/** Returns the tile of a job whose id is in the URL. */
export function restoredTile(jobId: string, key: string, at: number): Tile {
  return { ...newTile(jobId, key, at), state: 'queued', jobId };
}
