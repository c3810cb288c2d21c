import { ULID } from '../../private/contract/requests';
import type { ImageRecord } from '../generation/records';
import type { HandlerContext } from '../requests/context';
import { notFound } from '../shared/api-error';

const ID = new RegExp(`^${ULID}$`);

/** Returns an image record of the owner. Throws if the id does not exist or belongs to another owner. */
export async function getOwnImage(id: string | undefined, owner: string, { ports }: HandlerContext): Promise<ImageRecord> {
  const record = id !== undefined && ID.test(id) ? await ports.records.get(owner, id) : undefined;
  if (!record) throw notFound();
  return record;
}
