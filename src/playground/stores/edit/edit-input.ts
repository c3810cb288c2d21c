/** The image that an edit starts from: a stored one, or a file of this browser. */
import { type ImageResponse } from '../../../private/contract/responses';
import { imageId } from '../../library/image-id';
import { type ImageReference } from '../../location';
import { type Size } from '../../models/size-limits';

export interface StoredInput {
  readonly kind: 'stored';
  readonly record: ImageResponse;
  readonly index: number;
}

export interface FileInput extends Size {
  readonly kind: 'file';
  readonly name: string;
  /** `png`, `jpeg`, `webp`, or another type that the browser can show. */
  readonly format: string;
  readonly blob: Blob;
  /** Address of the file in this tab. */
  readonly url: string;
}

export type EditInput = StoredInput | FileInput;

/** Returns the size of an input image in pixels. */
export function sizeOf(input: EditInput): Size {
  const { width, height } = input.kind === 'file' ? input : input.record.images[input.index];
  return { width, height };
}

/** Returns the format of an input image: `png`, `jpeg`, `webp`, or another one. */
export function formatOfInput(input: EditInput): string {
  return input.kind === 'file' ? input.format : input.record.images[input.index].contentType.replace('image/', '');
}

/** Returns the id with which requests name a stored image. Returns undefined for files, and for images that were not stored. */
export function storedIdOf(input: EditInput): string | undefined {
  if (input.kind === 'file' || input.record.images[input.index].base64 !== undefined) return undefined;
  return imageId({ id: input.record.id, index: input.index });
}

/** Returns the image of the URL. Returns undefined for one that no URL can name. */
export function referenceOf(input: EditInput): ImageReference | undefined {
  return input.kind === 'stored' && storedIdOf(input) !== undefined ? { id: input.record.id, index: input.index } : undefined;
}
