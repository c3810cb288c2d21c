import { createEvents, type OutcomeOptions, pollEvents, recordEvents } from '../../../src/playground/runs/outcomes';
import { type ErrorCode, ERRORS } from '../../../src/private/contract/errors';
import { type ImageFailure } from '../../../src/private/contract/responses';
import { IMAGE_ID, pageProblem, pageRecord } from '../../fixtures/playground-tiles';

const OPTIONS: OutcomeOptions = { tiles: 1, repeats: 0, now: 100_000, random: 0 };
const failure = (code: ErrorCode, members = {}) => ({ ok: false, problem: pageProblem(code), ...members }) as const;
const types = (code: ErrorCode) => createEvents(failure(code, { retryAfter: 5 }), OPTIONS).map(({ type }) => type);

it('an image is ready', () => {
  const record = pageRecord();
  expect(createEvents({ ok: true, status: 201, value: record }, OPTIONS)).toEqual([{ type: 'succeeded', image: { record, index: 0 } }]);
});

it('a job is queued, and one with a key that was used before can be running, ready or expired', () => {
  const event = (members: Parameters<typeof pageRecord>[0]) => createEvents({ ok: true, status: 202, value: pageRecord(members, 0) }, OPTIONS)[0];
  expect(event({ status: 'queued', estimatedSeconds: 7 })).toEqual({ type: 'enqueued', jobId: IMAGE_ID, estimatedSeconds: 7 });
  expect(event({ status: 'queued' })).toEqual({ type: 'enqueued', jobId: IMAGE_ID });
  expect(event({ status: 'running' })).toEqual({ type: 'running' });
  expect(event({ status: 'expired' })).toMatchObject({ type: 'expired', image: { index: 0 } });
  expect(event({ status: 'failed', problem: pageProblem('MODEL_ERROR') as never })).toMatchObject({ type: 'failed', problem: { code: 'MODEL_ERROR' } });
  expect(event({ status: 'failed' })).toMatchObject({ type: 'failed', problem: { code: 'INTERNAL', requestId: IMAGE_ID } });
});

it('each code has an event: three are repeated by themselves, one is filtered, all others fail', () => {
  const codes = Object.keys(ERRORS) as ErrorCode[];
  const expected = (code: ErrorCode) => (code === 'CONTENT_FILTERED' ? 'filtered' : ['THROTTLED', 'MODEL_BUSY', 'IN_PROGRESS'].includes(code) ? 'postponed' : 'failed');
  expect(codes.map((code) => [code, ...types(code)])).toEqual(codes.map((code) => [code, expected(code)]));
});

it('a throttled request is repeated when Retry-After has passed', () => {
  expect(createEvents(failure('THROTTLED', { retryAfter: 12 }), OPTIONS)).toEqual([{ type: 'postponed', problem: pageProblem('THROTTLED'), repeatAt: 112_000 }]);
});

it('a request that was repeated five times fails, so that the user decides', () => {
  expect(createEvents(failure('THROTTLED', { retryAfter: 12 }), { ...OPTIONS, repeats: 5 })).toEqual([{ type: 'failed', problem: pageProblem('THROTTLED'), replayed: false }]);
});

it('a replayed error is marked', () => {
  expect(createEvents(failure('MODEL_TIMEOUT', { replayed: true }), OPTIONS)).toEqual([{ type: 'failed', problem: pageProblem('MODEL_TIMEOUT'), replayed: true }]);
});

it('all tiles of a request that has no response are unsure', () => {
  expect(createEvents({ ok: false, lost: 'connection' }, { ...OPTIONS, tiles: 2 })).toEqual([{ type: 'lost', reason: 'connection' }, { type: 'lost', reason: 'connection' }]);
});

describe('a request of several images', () => {
  const failures = [
    { code: 'CONTENT_FILTERED', detail: 'the image was filtered', filtered: 'output', charged: 'maybe' },
    { code: 'MODEL_ERROR', detail: 'the model failed' },
  ] as readonly ImageFailure[];

  it('gives each tile an image, and the failures to the others', () => {
    const record = pageRecord({ failures }, 2);
    expect(recordEvents(record, 4)).toEqual([
      { type: 'succeeded', image: { record, index: 0 } },
      { type: 'succeeded', image: { record, index: 1 } },
      { type: 'filtered', problem: expect.objectContaining({ code: 'CONTENT_FILTERED', status: 422, filtered: 'output', charged: 'maybe', requestId: IMAGE_ID }) },
      { type: 'failed', problem: expect.objectContaining({ code: 'MODEL_ERROR', status: 502, detail: 'the model failed' }), replayed: false },
    ]);
  });

  it('gives the last failure to the tiles that have none of their own', () => {
    expect(recordEvents(pageRecord({ failures: failures.slice(1) }, 1), 3).map(({ type }) => type)).toEqual(['succeeded', 'failed', 'failed']);
  });

  it('has no image for a tile if the record has neither image nor failure', () => {
    expect(recordEvents(pageRecord({}, 1), 2).map(({ type }) => type)).toEqual(['succeeded', 'deleted']);
  });

  it('a failure with a code of a later version of the API is an internal error', () => {
    for (const code of ['NEW_CODE', 'constructor']) {
      expect(recordEvents(pageRecord({ failures: [{ code, detail: 'x' }] }, 0), 1)).toEqual([{ type: 'failed', problem: expect.objectContaining({ code: 'INTERNAL' }), replayed: false }]);
    }
  });
});

describe('a poll', () => {
  it('has the events of the record', () => {
    expect(pollEvents({ ok: true, status: 200, value: pageRecord({ status: 'running' }, 0) }, 2)).toEqual([{ type: 'running' }, { type: 'running' }]);
  });

  it('has no event if it failed, so that it is repeated', () => {
    expect(pollEvents({ ok: false, lost: 'offline' }, 1)).toBeUndefined();
    expect(pollEvents(failure('THROTTLED'), 1)).toBeUndefined();
    expect(pollEvents(failure('INTERNAL'), 1)).toBeUndefined();
  });

  it('finds that a record was deleted', () => {
    expect(pollEvents(failure('NOT_FOUND'), 2)).toEqual([{ type: 'deleted' }, { type: 'deleted' }]);
  });
});
