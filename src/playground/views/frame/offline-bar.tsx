import { useEffect, useState } from 'preact/hooks';
import { usePage } from '../../parts/context';
import { Icon } from '../../parts/icon';
import { offline } from '../../words/situations';

/** Says that the browser is offline, above the content. */
export function OfflineBar() {
  const { configuration } = usePage();
  const [isOffline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const update = () => setOffline(!navigator.onLine);
    window.addEventListener('online', update);
    window.addEventListener('offline', update);
    return () => {
      window.removeEventListener('online', update);
      window.removeEventListener('offline', update);
    };
  }, []);
  if (!isOffline) return null;
  const { title, text } = offline(configuration.queued);
  return <div class="offline" role="status"><Icon name="offline" /><span><b>{title}.</b> {text}</span></div>;
}
