import { type ImageReference } from '../location';

/** Returns the id with which requests name a stored image: a record has several files. */
export function imageId({ id, index }: ImageReference): string {
  return index === 0 ? id : `${id}/${index}`;
}
