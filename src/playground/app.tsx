import { usePage } from './parts/context';
import { LazyView } from './parts/lazy-view';
import { ConnectingView } from './views/connecting-view';
import { CreateView } from './views/create/create-view';
import { Announcer } from './views/frame/announcer';
import { CopyDialog } from './views/frame/copy-dialog';
import { FileDrop } from './views/frame/file-drop';
import { Header } from './views/frame/header';
import { HelpKey } from './views/frame/help-key';
import { LeaveWarning } from './views/frame/leave-warning';
import { OfflineBar } from './views/frame/offline-bar';
import { SignInDialog, SignInView } from './views/sign-in/sign-in-view';

/** The page: the first screen without credentials, then the view of the URL. */
export function App() {
  const { session, workspace, navigation } = usePage();
  const isOpen = session.state.value === 'open';
  const details = navigation.details.value;
  if (!workspace.value) {
    return <><Header />{isOpen && session.fields.length === 0 ? <ConnectingView /> : <SignInView />}</>;
  }
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>Skip to the images</a>
      <Header />
      <BaseView />
      {details && <LazyView load={loadDetailsDialog} isDialog />}
      {!isOpen && <SignInDialog />}
      <CopyDialog />
      <HelpKey />
      <FileDrop />
      <LeaveWarning />
      <OfflineBar />
      <Announcer />
    </>
  );
}

const loadDetailsDialog = async () => (await import('./views/after-create')).DetailsDialog;
const loadGalleryView = async () => (await import('./views/after-create')).GalleryView;
const loadBatchView = async () => (await import('./views/batch/batch-view')).BatchView;
const loadEditView = async () => (await import('./views/edit/edit-view')).EditView;

/** The view of the URL, if this API has it. */
function BaseView() {
  const { navigation, connection, configuration, hasGallery } = usePage();
  const base = navigation.base.value;
  if (base.view === 'gallery' && hasGallery) return <LazyView key="gallery" load={loadGalleryView} />;
  if (base.view === 'edit' && connection.capabilities.value?.edits) return <LazyView key="edit" load={loadEditView} />;
  if (base.view === 'batch' && configuration.queued) return <LazyView key="batch" load={loadBatchView} />;
  return <CreateView />;
}

/** Moves the focus without changing the fragment, which has the state of the page. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
