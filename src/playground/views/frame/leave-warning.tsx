import { useEffect } from 'preact/hooks';
import { usePage, useWorkspace } from '../../parts/context';

/** Asks once before the page is left, if that would lose an image that is on its way. */
export function LeaveWarning() {
  const { runs } = useWorkspace();
  const isWaiting = runs.hasDirectRequests.value && !usePage().configuration.queued;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isWaiting]);
  return null;
}
