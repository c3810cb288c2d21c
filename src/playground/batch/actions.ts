/** What "Cancel queued" and "Try failed ones again" do. */
import { type BatchImage } from '../../private/contract/responses';

/** Returns the ids of the jobs that can be cancelled. A job that is running by then returns 409 and continues. */
export function cancellable(images: readonly BatchImage[]): readonly string[] {
  return images.filter(({ status }) => status === 'queued').map(({ id }) => id);
}

/** Returns the positions of the items that a new batch repeats. Filtered ones are left out: the same words are filtered again. */
export function repeatable(images: readonly BatchImage[]): readonly number[] {
  return images.flatMap(({ status, problem }, position) => (status === 'failed' && problem?.code !== 'CONTENT_FILTERED' ? [position] : []));
}
