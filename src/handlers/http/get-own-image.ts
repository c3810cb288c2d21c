import { ULID } from '../../private/contract/request-limits';
import type { ImageRecord } from '../generation/storage/records';
import type { HandlerContext } from '../requests/context';
import { notFound } from '../shared/api-error';

const ID = new RegExp(`^${ULID}$`);

/** Returns an id of a path. Throws 404 if it cannot be an id: the table does not accept keys of any length. */
export function validId(id: string | undefined, what: 'image' | 'batch' = 'image'): string {
  if (id === undefined || !ID.test(id)) throw notFound(what);
  return id;
}

/** Returns an image record of the owner. Throws if the id does not exist or belongs to another owner. */
export async function getOwnImage(id: string | undefined, owner: string, { ports }: HandlerContext): Promise<ImageRecord> {
  const record = await ports.records.get(owner, validId(id));
  if (!record) throw notFound();
  ports.measurements.describe({ imageId: record.id, model: record.model });
  return record;
}
