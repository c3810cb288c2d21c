import { throwIfPast } from './abort';
import { copy } from './copy';
import type { ImageRecords, RecordPage } from '../../../src/handlers/generation/ports';
import { hasJobState, type ImageRecord, type JobRecord, type JobReference } from '../../../src/handlers/generation/storage/records';

/** How much longer than its images a record is stored. */
const RECORD_RETENTION_AFTER_EXPIRATION_MS = 7 * 24 * 3600 * 1000;

export class FakeImageRecords implements ImageRecords {
  /** All records, including expired ones, as DynamoDB deletes them later. */
  public readonly items: ImageRecord[] = [];
  public fails = false;
  /** When the notes about deleted records expire. */
  private readonly deleted = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  public async put(record: ImageRecord, deadline: number): Promise<void> {
    throwIfPast(deadline, this.now());
    if (this.fails) throw new Error(`the table is not available, cannot store ${record.prompt}`);
    const index = this.indexOf(record);
    this.items.splice(index < 0 ? this.items.length : index, 1, copy(record));
  }

  public async create(record: JobRecord, deadline: number): Promise<void> {
    throwIfPast(deadline, this.now());
    if (this.indexOf(record) < 0) await this.put(record, deadline);
  }

  public async replace(record: JobRecord, previous: JobRecord, deadline: number): Promise<boolean> {
    throwIfPast(deadline, this.now());
    if (!this.isUnchanged(previous)) return false;
    this.items[this.indexOf(previous)] = copy(record);
    return true;
  }

  public async markPublished(record: ImageRecord, deadline: number): Promise<void> {
    throwIfPast(deadline, this.now());
    const index = this.indexOf(record);
    if (!this.items[index]?.eventPending || (hasJobState(record) && !this.isUnchanged(record))) return;
    const { eventPending, ...rest } = record;
    this.items[index] = copy(rest);
  }

  public async markDeleted(owner: string, id: string, expiresAt: number): Promise<void> {
    this.deleted.set(JSON.stringify([owner, id]), expiresAt);
  }

  public async wasDeleted(owner: string, id: string): Promise<boolean> {
    return (this.deleted.get(JSON.stringify([owner, id])) ?? 0) > this.now();
  }

  public async cancel(record: JobRecord): Promise<boolean> {
    if (!this.isUnchanged(record)) return false;
    this.items.splice(this.indexOf(record), 1);
    return true;
  }

  public async get(owner: string, id: string): Promise<ImageRecord | undefined> {
    return this.items.find((record) => record.owner === owner && record.id === id && !this.isExpired(record));
  }

  public async list(owner: string, limit: number, cursor?: string): Promise<RecordPage> {
    const all = this.items
      .filter((record) => record.owner === owner && (cursor === undefined || record.id < cursor))
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    const page = all.slice(0, limit);
    return { records: page.filter((record) => !this.isExpired(record)), ...(all.length > limit && { cursor: page[page.length - 1].id }) };
  }

  public async remove(owner: string, id: string): Promise<void> {
    const index = this.indexOf({ owner, id });
    if (index >= 0) this.items.splice(index, 1);
  }

  private indexOf({ owner, id }: JobReference): number {
    return this.items.findIndex((record) => record.owner === owner && record.id === id);
  }

  private isUnchanged(record: JobRecord): boolean {
    return this.items[this.indexOf(record)]?.job?.revision === record.job.revision;
  }

  private isExpired({ imageExpiresAt }: ImageRecord): boolean {
    return imageExpiresAt + RECORD_RETENTION_AFTER_EXPIRATION_MS <= this.now();
  }
}
