import { usePage } from './parts/context';
import { ConnectingView } from './views/connecting-view';
import { CreateView } from './views/create/create-view';
import { DetailsDialog } from './views/details/details-dialog';
import { DoorDialog, DoorView } from './views/door/door-view';
import { Announcer } from './views/frame/announcer';
import { CopyDialog } from './views/frame/copy-dialog';
import { Header } from './views/frame/header';
import { HelpKey } from './views/frame/help-key';
import { OfflineBar } from './views/frame/offline-bar';
import { GalleryView } from './views/gallery/gallery-view';

/** The page: the first screen without credentials, then the view of the URL. */
export function App() {
  const { session, workspace, navigation, hasGallery } = usePage();
  const isOpen = session.state.value === 'open';
  const details = navigation.details.value;
  const base = navigation.base.value;
  if (!workspace.value) {
    return <><Header />{isOpen && session.fields.length === 0 ? <ConnectingView /> : <DoorView />}</>;
  }
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>Skip to the images</a>
      <Header />
      {base.view === 'gallery' && hasGallery ? <GalleryView size={base.size} /> : <CreateView />}
      {details && <DetailsDialog image={details} />}
      {!isOpen && <DoorDialog />}
      <CopyDialog />
      <HelpKey />
      <OfflineBar />
      <Announcer />
    </>
  );
}

/** Moves the focus without changing the fragment, which has the state of the page. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
