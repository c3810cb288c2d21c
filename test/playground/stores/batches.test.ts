import { signal } from '@preact/signals-core';
import type { ApiProblem, ApiResult } from '../../../src/playground/api-result';
import type { FormValues } from '../../../src/playground/models/values';
import { createBatches } from '../../../src/playground/stores/batch/batches';
import { createLibrary } from '../../../src/playground/stores/library';
import type { JsonObject } from '../../../src/private/contract/json-object';
import type { BatchCreatedResponse, BatchImage, BatchResponse, ImageResponse } from '../../../src/private/contract/responses';
import { modelForm } from '../../fixtures/playground-models';

const BATCH = 'B';
const NOW = Date.parse('2026-11-27T10:00:00.000Z');
const problem = (code: ApiProblem['code'], errors?: ApiProblem['errors']) => (
  { ok: false, problem: { code, status: 400, detail: 'd', ...(errors && { errors }) } as ApiProblem } as const
);
const created = (count: number): ApiResult<BatchCreatedResponse> => ({
  ok: true, status: 202, value: { id: BATCH, estimatedSeconds: 8, images: Array.from({ length: count }, (_, index) => ({ id: `J${index}`, status: 'queued' })) },
});
const progress = (...images: Partial<BatchImage>[]): ApiResult<BatchResponse> => ({
  ok: true,
  status: 200,
  value: { id: BATCH, createdAt: '2026-11-27T10:00:00.000Z', counts: {}, images: images.map((image, index) => ({ id: `J${index}`, status: 'queued', ...image })) },
});
const record = (id: string): ImageResponse => (
  { id, status: 'succeeded', model: 'm', prompt: `prompt of ${id}`, createdAt: '', imageExpiresAt: '', images: [{ url: 'https://b/1', contentType: 'image/png', width: 1, height: 1 }] }
);

function world() {
  const sent: { readonly body: JsonObject; readonly key: string }[] = [];
  const deleted: string[] = [];
  const loads: string[] = [];
  const responses = { create: created(2), get: progress({}, {}) as ApiResult<BatchResponse> };
  const form = signal(modelForm('stable-image-core'));
  const values = signal<FormValues>({ aspectRatio: '16:9' });
  const api = {
    createBatch: async (body: JsonObject, key: string) => {
      sent.push({ body, key });
      return responses.create;
    },
    getBatch: async () => responses.get,
    deleteImage: async (id: string): Promise<ApiResult<undefined>> => {
      deleted.push(id);
      return { ok: true, status: 204, value: undefined };
    },
    getImage: async (id: string): Promise<ApiResult<ImageResponse>> => {
      loads.push(id);
      return { ok: true, status: 200, value: record(id) };
    },
  };
  const library = createLibrary(api, () => NOW);
  const batches = createBatches({ api, draft: { form, values }, library, now: () => Date.now(), random: () => 0.5, isHidden: () => false });
  return { batches, sent, deleted, loads, responses, library, form, values };
}

describe('batches', () => {
  beforeEach(() => jest.useFakeTimers({ now: NOW }));
  afterEach(() => jest.useRealTimers());

  it('enqueue one image a line with the settings of the form, and keep their prompts', async () => {
    const { batches, sent, library } = world();
    batches.text.value = 'a fox\n\na bear';
    expect(await batches.create()).toBe(BATCH);
    expect(sent[0].body).toMatchObject({ requests: [{ prompt: 'a fox', aspectRatio: '16:9' }, { prompt: 'a bear', aspectRatio: '16:9' }] });
    expect(batches.text.value).toBe('');
    expect(batches.shown.value).toMatchObject({ id: BATCH, prompts: ['a fox', 'a bear'], expectedAt: NOW + 8000 });
    expect(library.promptOf({ ...record('J1'), prompt: undefined })).toEqual({ kept: true, text: 'a bear' });
  });

  it('are not sent without a prompt, and with a line that is too long', async () => {
    const { batches, sent } = world();
    expect(await batches.create()).toBeUndefined();
    batches.text.value = `a fox\n${'x'.repeat(10_001)}`;
    expect(batches.issues.value).toEqual([{ number: 2, text: '1 character too long.' }]);
    expect(await batches.create()).toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('repeat the same request with the same key and seeds after a lost connection, and a changed one with another key', async () => {
    const { batches, sent, responses, values } = world();
    batches.text.value = 'a fox\na bear';
    responses.create = { ok: false, lost: 'connection' };
    await batches.create();
    expect(batches.failure.value).toEqual({ lost: 'connection' });
    expect(batches.text.value).toBe('a fox\na bear');
    await batches.create();
    expect(sent[1]).toEqual(sent[0]);
    values.value = { aspectRatio: '1:1' };
    await batches.create();
    expect(sent[2].key).not.toBe(sent[0].key);
    responses.create = created(2);
    await batches.create();
    expect(sent[3]).toEqual(sent[2]);
    expect(batches.failure.value).toBeUndefined();
  });

  it.each(['IN_PROGRESS', 'THROTTLED', 'UNAUTHENTICATED', 'INTERNAL', 'MODEL_BUSY'] as const)('repeat the same request with the same key after %s, because jobs can be enqueued already', async (code) => {
    const { batches, sent, responses } = world();
    batches.text.value = 'a fox\na bear';
    responses.create = problem(code);
    await batches.create();
    await batches.create();
    expect(sent[1]).toEqual(sent[0]);
  });

  it('keep what is typed while they are sent', async () => {
    const { batches } = world();
    batches.text.value = 'a fox';
    const creation = batches.create();
    batches.text.value = 'a fox\nan owl';
    await creation;
    expect(batches.text.value).toBe('a fox\nan owl');
  });

  it('say why they cannot be shown, and stop when that does not change', async () => {
    const { batches, responses } = world();
    responses.get = problem('INTERNAL');
    await batches.open(BATCH);
    expect([batches.failure.value, jest.getTimerCount()]).toEqual([expect.objectContaining({ problem: expect.objectContaining({ code: 'INTERNAL' }) }), 1]);
    responses.get = progress({ status: 'succeeded' });
    await jest.advanceTimersByTimeAsync(2000);
    expect([batches.failure.value, batches.shown.value?.images.length]).toEqual([undefined, 1]);
    responses.get = problem('FORBIDDEN');
    await batches.open('C');
    expect([batches.failure.value, jest.getTimerCount()]).toEqual([expect.objectContaining({ problem: expect.objectContaining({ code: 'FORBIDDEN' }) }), 0]);
  });

  it('of another tab have the prompts of failed images from their records', async () => {
    const { batches, responses } = world();
    responses.get = progress({ status: 'failed', problem: { code: 'MODEL_ERROR' } as never }, { status: 'succeeded' });
    await batches.open(BATCH);
    batches.repeatFailed();
    expect(batches.text.value).toBe('prompt of J0');
  });

  it('show errors of the API at their lines, until the text changes', async () => {
    const { batches, responses } = world();
    batches.text.value = 'a fox\n\na bear';
    responses.create = problem('INVALID_REQUEST', [{ pointer: '/requests/1/prompt', detail: 'must not be blank' }]);
    expect(await batches.create()).toBeUndefined();
    expect(batches.issues.value).toEqual([{ number: 3, text: 'must not be blank' }]);
    expect(batches.failure.value).toBeUndefined();
    batches.text.value = 'a fox\n\na polar bear';
    expect(batches.issues.value).toEqual([]);
  });

  it('show errors that belong to no line', async () => {
    const { batches, responses } = world();
    batches.text.value = 'a fox';
    responses.create = problem('QUOTA_EXCEEDED');
    await batches.create();
    expect(batches.failure.value).toMatchObject({ problem: { code: 'QUOTA_EXCEEDED' } });
    expect(batches.text.value).toBe('a fox');
  });

  it('request their progress until all items have ended, and load the images that are ready once', async () => {
    const { batches, responses, loads } = world();
    responses.get = progress({ status: 'succeeded' }, { status: 'running' });
    await batches.open(BATCH);
    expect(batches.shown.value?.images.map(({ status }) => status)).toEqual(['succeeded', 'running']);
    expect(loads).toEqual(['J0']);
    responses.get = progress({ status: 'succeeded' }, { status: 'succeeded' });
    await jest.advanceTimersByTimeAsync(2000);
    expect(loads).toEqual(['J0', 'J1']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('continue after a poll that failed, and end when the view is closed', async () => {
    const { batches, responses } = world();
    responses.get = { ok: false, lost: 'connection' };
    await batches.open(BATCH);
    expect([batches.shown.value, batches.failure.value]).toEqual([undefined, undefined]);
    responses.get = progress({}, {});
    batches.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(batches.shown.value?.images).toHaveLength(2);
    expect(jest.getTimerCount()).toBe(1);
    batches.close();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that do not exist say so, and are not requested again', async () => {
    const { batches, responses } = world();
    responses.get = problem('NOT_FOUND');
    await batches.open(BATCH);
    expect(batches.failure.value).toMatchObject({ problem: { code: 'NOT_FOUND' } });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('cancel the jobs that have not begun', async () => {
    const { batches, responses, deleted } = world();
    responses.get = progress({ status: 'running' }, { status: 'queued' }, { status: 'queued' });
    await batches.open(BATCH);
    await batches.cancelQueued();
    expect(deleted).toEqual(['J1', 'J2']);
    batches.close();
  });

  it('put the prompts that failed into the form, without those that were filtered', async () => {
    const { batches, responses } = world();
    batches.text.value = 'a fox\na bear\nan owl';
    responses.create = created(3);
    await batches.create();
    const failed = (code: ApiProblem['code']) => ({ status: 'failed', problem: { code } as never } as const);
    responses.get = progress(failed('MODEL_ERROR'), failed('CONTENT_FILTERED'), { status: 'succeeded' });
    await batches.open(BATCH);
    batches.repeatFailed();
    expect(batches.text.value).toBe('a fox');
  });
});

