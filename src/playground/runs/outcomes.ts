/** Events of tiles from the responses of the API. */
import { repeatDelay } from './repeats';
import { type TileEvent } from './tile';
import { ERRORS, type ErrorCode } from '../../private/contract/errors';
import { type ImageFailure, type ImageResponse } from '../../private/contract/responses';
import { type ApiFailure, type ApiProblem, type ApiResult } from '../api-result';

export interface OutcomeOptions {
  /** Number of tiles that wait for the request. */
  readonly tiles: number;
  /** Number of times that the request was repeated by itself. */
  readonly repeats: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Random number from 0 to 1. */
  readonly random: number;
}

/** Returns the event of each tile from the response of `POST /images` or `POST /images/edits`. */
export function createEvents(result: ApiResult<ImageResponse>, options: OutcomeOptions): readonly TileEvent[] {
  if (result.ok) return recordEvents(result.value, options.tiles);
  const event: TileEvent = 'lost' in result ? { type: 'lost', reason: result.lost } : failureEvent(result, options);
  return Array.from({ length: options.tiles }, () => event);
}

/**
 * Returns the event of each tile from the response of `GET /images/{id}`. Returns undefined if there is none: the poll failed and is repeated.
 */
export function pollEvents(result: ApiResult<ImageResponse>, tiles: number): readonly TileEvent[] | undefined {
  if (result.ok) return recordEvents(result.value, tiles);
  if ('lost' in result || result.problem.code !== 'NOT_FOUND') return undefined;
  return Array.from({ length: tiles }, () => ({ type: 'deleted' }));
}

/** Returns the event of each tile from a record. A record of several images has one file for each image that was generated. */
export function recordEvents(record: ImageResponse, tiles: number): readonly TileEvent[] {
  return Array.from({ length: tiles }, (_, position) => recordEvent(record, position));
}

function recordEvent(record: ImageResponse, position: number): TileEvent {
  const { id, status, images, failures = [], estimatedSeconds, problem } = record;
  switch (status) {
    case 'queued': return { type: 'enqueued', jobId: id, ...(estimatedSeconds !== undefined && { estimatedSeconds }) };
    case 'running': return { type: 'running' };
    case 'failed': return problemEvent(problem ?? problemOf({ code: 'INTERNAL', detail: '' }, id));
    case 'expired': return { type: 'expired', image: { record, index: position } };
    case 'succeeded': {
      if (position < images.length) return { type: 'succeeded', image: { record, index: position } };
      const failure = failures[position - images.length] ?? failures[failures.length - 1];
      return failure ? problemEvent(problemOf(failure, id)) : { type: 'deleted' };
    }
  }
}

function failureEvent({ problem, retryAfter, replayed }: ApiFailure, { repeats, now, random }: OutcomeOptions): TileEvent {
  const delay = repeatDelay({ code: problem.code, retryAfter, repeats, random });
  return delay === undefined ? problemEvent(problem, replayed) : { type: 'postponed', problem, repeatAt: now + delay };
}

function problemEvent(problem: ApiProblem, replayed = false): TileEvent {
  return problem.code === 'CONTENT_FILTERED' ? { type: 'filtered', problem } : { type: 'failed', problem, replayed };
}

type Failure = Pick<ImageFailure, 'code' | 'detail'> & Pick<ApiProblem, 'charged' | 'filtered'>;

/** Returns the failure of one image of a request as a problem. `id`: the id of the record, by which the operator finds its log lines. */
function problemOf({ code, detail, charged, filtered }: Failure, id: string): ApiProblem {
  const known: ErrorCode = Object.hasOwn(ERRORS, code) ? code as ErrorCode : 'INTERNAL';
  const { status, title, openAiType } = ERRORS[known];
  return {
    type: `urn:cdk-genai-image-api:error:${known}`,
    title,
    status,
    detail,
    code: known,
    requestId: id,
    ...(charged && { charged }),
    ...(filtered && { filtered }),
    error: { message: detail, type: openAiType, code: known.toLowerCase(), param: null },
  };
}
