import { usePage, useWorkspace } from './context';
import { type Page } from '../stores/page';
import { type Workspace } from '../stores/workspace';

/** Returns a hook for a store that its first view creates. The store outlives the view. */
export function workspaceStore<Store>(create: (page: Page, workspace: Workspace) => Store): () => Store {
  const stores = new WeakMap<Workspace, Store>();
  return () => {
    const page = usePage();
    const workspace = useWorkspace();
    const store = stores.get(workspace) ?? create(page, workspace);
    stores.set(workspace, store);
    return store;
  };
}
