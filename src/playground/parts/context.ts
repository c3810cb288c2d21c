import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Page } from '../stores/page';
import { type Workspace } from '../stores/workspace';

export const PageContext = createContext<Page | undefined>(undefined);

/** Returns the stores of the page. */
export function usePage(): Page {
  return useContext(PageContext)!;
}

/** Returns the form and the runs. Only for components that are shown when the page knows what the API can do. */
export function useWorkspace(): Workspace {
  return usePage().workspace.value!;
}
