import { randomUUID } from 'node:crypto';
import { DAY_MS, past, soon, type ContractClock } from './contract-clock';
import type { Batches, Claims, ImageRecords } from '../../../src/handlers/generation/ports';
import type { ImageRecord, JobRecord } from '../../../src/handlers/generation/storage/records';

export interface ImageRecordsSubject {
  readonly records: ImageRecords;
  /** Ports that share the table with the records. */
  readonly batches: Batches;
  readonly claims: Claims;
  readonly clock: ContractClock;
}

/** The behavior of every implementation of `ImageRecords`. `create` returns one that reads the time from `clock`. */
export function imageRecordsContract(create: () => ImageRecordsSubject): void {
  let subject: ImageRecordsSubject;
  let records: ImageRecords;
  let owner: string;
  beforeEach(() => {
    subject = create();
    records = subject.records;
    // the tests share a table on the emulator
    owner = `client:${randomUUID()}`;
  });

  const recordOf = (id: string, more: Partial<ImageRecord> = {}): ImageRecord => ({
    owner,
    id,
    model: 'model',
    prompt: 'a lighthouse 😀',
    parameters: { negativePrompt: 'fog 😀', cfgScale: 6.5, strength: 0, seed: 4_294_967_295, enhancePrompt: true },
    source: { id: '00', index: 3 },
    createdAt: subject.clock.time,
    completedAt: subject.clock.time + 1,
    imageExpiresAt: subject.clock.time + 30 * DAY_MS,
    images: [{ key: `images/${id}/0.png`, seed: 4_294_967_295, contentType: 'image/png', width: 1, height: 2, bytes: 3, isCutOut: true }],
    failures: [{ seed: 2, code: 'CONTENT_FILTERED', detail: 'filtered', charged: 'maybe', filtered: 'prompt' }, { code: 'INTERNAL', detail: 'of an older version' }],
    ...more,
  });
  const jobOf = (id: string, revision: number, more: Partial<ImageRecord> = {}): JobRecord => ({
    ...recordOf(id, { completedAt: undefined, images: [], failures: [], ...more }), job: { state: 'queued', revision, attempts: 0, throttles: 0 },
  });
  const revisionOf = async (id: string) => (await records.get(owner, id))?.job?.revision;

  describe('put and get', () => {
    it('return a record as it was written, without undefined properties', async () => {
      await records.put(recordOf('01'), soon());
      expect(await records.get(owner, '01')).toStrictEqual(recordOf('01'));
      const { prompt, ...others } = recordOf('02');
      const { parameters, images: [{ seed, ...image }] } = others;
      const undefinedProperties = { prompt: undefined, parameters: { ...parameters, style: undefined }, images: [{ ...image, seed: undefined }] };
      await records.put({ ...others, ...undefinedProperties }, soon());
      expect(await records.get(owner, '02')).toStrictEqual({ ...others, images: [image] });
    });

    it('reject numbers that DynamoDB cannot store', async () => {
      await expect(records.put(recordOf('01', { parameters: { cfgScale: 1e-313 } }), soon())).rejects.toThrow();
      await records.put(recordOf('01', { parameters: { cfgScale: 1e-130 } }), soon());
      expect((await records.get(owner, '01'))?.parameters).toEqual({ cfgScale: 1e-130 });
    });

    it('overwrite an existing record', async () => {
      await records.put(recordOf('01'), soon());
      await records.put(recordOf('01', { prompt: 'another' }), soon());
      expect((await records.get(owner, '01'))?.prompt).toBe('another');
    });

    it('return undefined for a missing record and for the record of another owner', async () => {
      await records.put(recordOf('01'), soon());
      expect(await records.get(owner, '02')).toBeUndefined();
      expect(await records.get(`${owner}0`, '01')).toBeUndefined();
    });

    it('return a record until 7 days after its images have expired', async () => {
      await records.put(recordOf('01'), soon());
      // DynamoDB stores the expiration time in seconds
      subject.clock.time += 37 * DAY_MS - 1_000;
      expect(await records.get(owner, '01')).toBeDefined();
      subject.clock.time += 1_000;
      expect(await records.get(owner, '01')).toBeUndefined();
    });
  });

  describe('create', () => {
    it('writes a job', async () => {
      await records.create(jobOf('01', 1), soon());
      expect(await records.get(owner, '01')).toEqual(jobOf('01', 1));
    });

    it('keeps an existing record', async () => {
      await records.put(recordOf('01'), soon());
      await records.create(jobOf('01', 1), soon());
      expect(await records.get(owner, '01')).toEqual(recordOf('01'));
    });
  });

  describe('replace', () => {
    it('writes a record over the revision that it replaces', async () => {
      await records.create(jobOf('01', 1), soon());
      expect(await records.replace(jobOf('01', 2), jobOf('01', 1), soon())).toBe(true);
      expect(await revisionOf('01')).toBe(2);
    });

    it('returns false for a stale revision and keeps the record', async () => {
      await records.create(jobOf('01', 2), soon());
      expect(await records.replace(jobOf('01', 9), jobOf('01', 1), soon())).toBe(false);
      expect(await revisionOf('01')).toBe(2);
    });

    it('returns false for a missing record and does not create it', async () => {
      expect(await records.replace(jobOf('01', 2), jobOf('01', 1), soon())).toBe(false);
      expect(await records.get(owner, '01')).toBeUndefined();
    });

    it('returns false for a job that has completed', async () => {
      await records.put(recordOf('01'), soon());
      expect(await records.replace(jobOf('01', 2), jobOf('01', 1), soon())).toBe(false);
      expect(await records.get(owner, '01')).toEqual(recordOf('01'));
    });

    it('returns true once for concurrent changes of one revision', async () => {
      await records.create(jobOf('01', 1), soon());
      const results = await Promise.all(Array.from({ length: 10 }, () => records.replace(jobOf('01', 2), jobOf('01', 1), soon())));
      expect(results.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('cancel', () => {
    it('deletes a job of the same revision', async () => {
      await records.create(jobOf('01', 1), soon());
      expect(await records.cancel(jobOf('01', 1))).toBe(true);
      expect(await records.get(owner, '01')).toBeUndefined();
    });

    it('returns false for a stale revision and keeps the record', async () => {
      await records.create(jobOf('01', 2), soon());
      expect(await records.cancel(jobOf('01', 1))).toBe(false);
      expect(await revisionOf('01')).toBe(2);
    });

    it('returns false for a missing record and deletes no other one', async () => {
      await records.create(jobOf('02', 1), soon());
      expect(await records.cancel(jobOf('01', 1))).toBe(false);
      expect(await revisionOf('02')).toBe(1);
    });
  });

  describe('markPublished', () => {
    it('removes the mark of a completed record', async () => {
      await records.put(recordOf('01', { eventPending: true }), soon());
      await records.markPublished(recordOf('01', { eventPending: true }), soon());
      expect(await records.get(owner, '01')).toStrictEqual(recordOf('01'));
    });

    it('removes the mark of a job of the same revision', async () => {
      await records.put(jobOf('01', 1, { eventPending: true }), soon());
      await records.markPublished(jobOf('01', 1, { eventPending: true }), soon());
      expect(await records.get(owner, '01')).toEqual(jobOf('01', 1));
    });

    it('keeps a job that has changed', async () => {
      await records.put(jobOf('01', 2, { eventPending: true }), soon());
      await records.markPublished(jobOf('01', 1, { eventPending: true }), soon());
      expect(await records.get(owner, '01')).toEqual(jobOf('01', 2, { eventPending: true }));
    });

    it('keeps a record without the mark', async () => {
      await records.put(recordOf('01', { prompt: 'another' }), soon());
      await records.markPublished(recordOf('01', { eventPending: true }), soon());
      expect((await records.get(owner, '01'))?.prompt).toBe('another');
    });

    it('does not restore a deleted record', async () => {
      await records.markPublished(recordOf('01', { eventPending: true }), soon());
      expect(await records.get(owner, '01')).toBeUndefined();
    });
  });

  describe('remove', () => {
    it('deletes a record', async () => {
      await records.put(recordOf('01'), soon());
      await records.remove(owner, '01');
      expect(await records.get(owner, '01')).toBeUndefined();
    });

    it('ignores a missing record and deletes no other one', async () => {
      await records.put(recordOf('01'), soon());
      await records.remove(owner, '02');
      expect(await records.get(owner, '01')).toBeDefined();
    });
  });

  describe('markDeleted', () => {
    it('is returned by wasDeleted until it expires, for this record only', async () => {
      expect(await records.wasDeleted(owner, '01')).toBe(false);
      await records.markDeleted(owner, '01', subject.clock.time + 5_000);
      expect(await records.wasDeleted(owner, '01')).toBe(true);
      expect(await records.wasDeleted(owner, '02')).toBe(false);
      expect(await records.wasDeleted(`${owner}0`, '01')).toBe(false);
      subject.clock.time += 5_000;
      expect(await records.wasDeleted(owner, '01')).toBe(false);
    });

    it('does not change the record', async () => {
      await records.put(recordOf('01'), soon());
      await records.markDeleted(owner, '01', subject.clock.time + DAY_MS);
      expect(await records.get(owner, '01')).toBeDefined();
      expect((await records.list(owner, 10)).records).toHaveLength(1);
    });
  });

  describe('list', () => {
    const idsOf = (page: { readonly records: readonly ImageRecord[] }) => page.records.map(({ id }) => id);

    /** Follows the cursor to the last page. */
    async function listAll(limit: number): Promise<string[][]> {
      const pages: string[][] = [];
      for (let cursor: string | undefined; ;) {
        const page = await records.list(owner, limit, cursor);
        pages.push(idsOf(page));
        if (page.cursor === undefined) return pages;
        cursor = page.cursor;
      }
    }

    it('returns the records of the owner, newest first', async () => {
      for (const id of ['02', '01', '03']) await records.put(recordOf(id), soon());
      await records.put({ ...recordOf('04'), owner: `${owner}0` }, soon());
      const page = await records.list(owner, 10);
      expect(idsOf(page)).toEqual(['03', '02', '01']);
      expect(page.records[0]).toStrictEqual(recordOf('03'));
    });

    it('returns an empty page without records', async () => {
      expect(await records.list(owner, 10)).toEqual({ records: [] });
    });

    it('returns pages of the limit, and a cursor only if there are more records', async () => {
      for (const id of ['01', '02', '03', '04']) await records.put(recordOf(id), soon());
      expect(await listAll(2)).toEqual([['04', '03'], ['02', '01']]);
      expect(await listAll(3)).toEqual([['04', '03', '02'], ['01']]);
      expect(await listAll(4)).toHaveLength(1);
    });

    it('continues after a record that was deleted in the meantime', async () => {
      for (const id of ['01', '02', '03']) await records.put(recordOf(id), soon());
      const { cursor } = await records.list(owner, 2);
      await records.remove(owner, cursor!);
      expect(idsOf(await records.list(owner, 2, cursor))).toEqual(['01']);
    });

    it('omits expired records', async () => {
      for (const id of ['01', '03', '05']) await records.put(recordOf(id), soon());
      for (const id of ['02', '04']) await records.put(recordOf(id, { imageExpiresAt: subject.clock.time - 7 * DAY_MS }), soon());
      const pages = await listAll(2);
      expect(pages.flat()).toEqual(['05', '03', '01']);
      expect(pages.every((page) => page.length <= 2)).toBe(true);
    });

    it('returns all of many large records', async () => {
      // DynamoDB ends a page after 1 MB
      const ids = Array.from({ length: 12 }, (_, index) => String(10 + index));
      for (const id of ids) await records.put(recordOf(id, { prompt: 'x'.repeat(150_000) }), soon());
      const pages = await listAll(20);
      expect(pages.flat()).toEqual(ids.reverse());
    });

    it('returns no batches and no idempotency keys', async () => {
      const { batches, claims, clock: { time } } = subject;
      await records.put(recordOf('01'), soon());
      await batches.put({ owner, id: '02', createdAt: time, images: ['01'], expirationDays: 30 }, soon());
      await claims.replace({
        owner, key: 'key', fingerprint: 'f', id: '03', seed: 1, holder: 'h', createdAt: time, leaseUntil: time, expiresAt: time + DAY_MS, state: 'running',
      });
      expect(await listAll(10)).toEqual([['01']]);
      expect(await records.get(owner, '02')).toBeUndefined();
    });
  });

  it('writes nothing after the deadline', async () => {
    await expect(records.put(recordOf('01'), past())).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await expect(records.create(jobOf('01', 1), past())).rejects.toThrow();
    expect(await records.get(owner, '01')).toBeUndefined();

    await records.put(jobOf('01', 1, { eventPending: true }), soon());
    await expect(records.replace(jobOf('01', 2), jobOf('01', 1), past())).rejects.toThrow();
    await expect(records.markPublished(jobOf('01', 1, { eventPending: true }), past())).rejects.toThrow();
    expect(await records.get(owner, '01')).toEqual(jobOf('01', 1, { eventPending: true }));
  });
}
