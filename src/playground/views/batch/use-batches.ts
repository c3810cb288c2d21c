import { workspaceStore } from '../../parts/workspace-store';
import { createBatches } from '../../stores/batch/batches';

/** Returns the batches. */
export const useBatches = workspaceStore(({ api, library }, { draft }) => createBatches({
  api, library, draft, now: () => Date.now(), random: () => Math.random(), isHidden: () => document.hidden,
}));
