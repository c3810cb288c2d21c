import { throwIfPast } from './abort';
import type { Documents, GeneratedImage, ImageStore } from '../../../src/handlers/generation/ports';
import type { StoredImage } from '../../../src/handlers/generation/storage/records';

export class FakeImageStore implements ImageStore, Documents {
  /** The images, by key. */
  public readonly objects = new Map<string, StoredImage>();
  private readonly bytes = new Map<string, Uint8Array>();
  /** Returns whether to reject an image. */
  public fails?: (key: string) => boolean;

  constructor(private readonly now: () => number) {}

  public async put(key: string, { bytes, ...image }: GeneratedImage, deadline: number): Promise<StoredImage> {
    throwIfPast(deadline, this.now());
    if (this.fails?.(key)) throw new Error(`cannot store https://bucket.example.com/${key}`);
    const stored = { ...image, key, bytes: bytes.byteLength };
    this.objects.set(key, stored);
    this.bytes.set(key, Buffer.from(bytes));
    return stored;
  }

  public async findSame(key: string, { bytes }: GeneratedImage, deadline: number): Promise<StoredImage | undefined> {
    throwIfPast(deadline, this.now());
    const stored = this.bytes.get(key);
    return stored && Buffer.compare(stored, bytes) === 0 ? this.objects.get(key) : undefined;
  }

  public async find(key: string): Promise<StoredImage | undefined> {
    return this.objects.get(key);
  }

  public async read(key: string): Promise<Uint8Array> {
    const bytes = this.bytes.get(key);
    if (!bytes) throw new Error('no such key');
    return bytes;
  }

  public async readIfExists(key: string): Promise<Uint8Array | undefined> {
    return this.bytes.get(key);
  }

  /** Stores a file as a client does with a presigned POST. */
  public putUpload(key: string, bytes: Uint8Array): void {
    this.bytes.set(key, bytes);
  }

  public async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.objects.delete(key);
    for (const key of keys) this.bytes.delete(key);
  }

  public async write(key: string, text: string, deadline: number): Promise<void> {
    throwIfPast(deadline, this.now());
    this.bytes.set(key, Buffer.from(text));
  }

  /** Keys of the JSON documents. */
  public get documents(): string[] {
    return [...this.bytes.keys()].filter((key) => key.endsWith('.json'));
  }
}
