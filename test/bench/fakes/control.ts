import { type StoredObject } from './fake-bucket';
import { type Item } from './fake-table';

/** A request to `/control` of the fakes. */
export interface Control {
  /** Size of the images that the model returns. */
  readonly imageBytes?: number;
  /** Forgets calls, messages and images. */
  readonly reset?: boolean;
  /** Keeps the present items and documents as they are from now on. */
  readonly freeze?: boolean;
}

/** What the fakes received since the last reset. */
export interface FakesState {
  /** Number of calls by operation. */
  readonly calls: Readonly<Record<string, number>>;
  /** Bodies of the messages in the queue. */
  readonly messages: readonly string[];
  readonly images: readonly StoredObject[];
  readonly lastItem?: Item;
  /** SHA-256 of the image that the model returns. */
  readonly digest: string;
}
