import type { RouteContext } from './route';
import { ULID } from '../../private/contract/requests';
import { notFound } from '../errors';
import type { ImageRecord } from '../generation/ports';

const ID = new RegExp(`^${ULID}$`);

/** The caller's own record: somebody else's lies under another key and is not found. */
export async function ownRecord(id: string | undefined, owner: string, { ports }: RouteContext): Promise<ImageRecord> {
  const record = id !== undefined && ID.test(id) ? await ports.records.get(owner, id) : undefined;
  if (!record) throw notFound();
  return record;
}
