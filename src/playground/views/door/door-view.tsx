import { useEffect } from 'preact/hooks';
import { CredentialsCard } from './credentials-card';
import { usePage } from '../../parts/context';
import { Dialog } from '../../parts/dialog';

/** The first screen without credentials. */
export function DoorView() {
  const { configuration } = usePage();
  useEffect(() => { document.title = configuration.name; }, []);
  return <main id="main" class="door"><CredentialsCard /></main>;
}

/** The same card above the page, when the API rejects the credentials later. The draft and the images stay. */
export function DoorDialog() {
  return <Dialog label="Enter other credentials" stays onClose={() => undefined}><CredentialsCard /></Dialog>;
}
