import { usePage, useWorkspace } from '../../parts/context';
import { type Batches, createBatches } from '../../stores/batch/batches';
import { type Workspace } from '../../stores/workspace';

/** The batches of a page are created by its first Batch view, and kept. */
const stores = new WeakMap<Workspace, Batches>();

/** Returns the batches. */
export function useBatches(): Batches {
  const { api, library } = usePage();
  const workspace = useWorkspace();
  const batches = stores.get(workspace) ?? createBatches({
    api, library, draft: workspace.draft, now: () => Date.now(), random: () => Math.random(), isHidden: () => document.hidden,
  });
  stores.set(workspace, batches);
  return batches;
}
