import { ULID } from '../../private/contract/requests';
import type { ImageRecord } from '../generation/ports';
import type { HandlerContext } from '../requests/context';
import { notFound } from '../shared/errors';

const ID = new RegExp(`^${ULID}$`);

/** The caller's own record: somebody else's lies under another key and is not found. */
export async function getOwnImage(id: string | undefined, owner: string, { ports }: HandlerContext): Promise<ImageRecord> {
  const record = id !== undefined && ID.test(id) ? await ports.records.get(owner, id) : undefined;
  if (!record) throw notFound();
  return record;
}
