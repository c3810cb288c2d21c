/** All stores of the page, with what they need of the browser. */
import { effect, signal, type ReadonlySignal, type Signal, untracked } from '@preact/signals-core';
import { type BudgetStore, createBudgetStore } from './budget';
import { type Connection, createConnection } from './connection';
import { createGallery, type Gallery } from './gallery';
import { createLibrary, type Library } from './library';
import { type BrowserHistory, createNavigation, type Navigation } from './navigation';
import { createNotices, type Notices } from './notices';
import { idsOf, newestOf } from './runs/tile-facts';
import { createWorkspace, type Workspace } from './workspace';
import { type PlaygroundConfiguration } from '../../private/contract/playground';
import { type Capabilities } from '../../private/contract/responses';
import { type Api, createApi } from '../api/api';
import { createSend } from '../api/send';
import { createSession } from '../auth/create-session';
import { type Session, type SignInBrowser } from '../auth/session';
import { START, writeLocation } from '../location';
import { createFormats, type Formats } from '../words/formats';

export interface Page {
  readonly configuration: PlaygroundConfiguration;
  /** Whether the API has owners, and so a list of images. */
  readonly hasGallery: boolean;
  readonly formats: Formats;
  readonly session: Session;
  readonly connection: Connection;
  readonly navigation: Navigation;
  readonly notices: Notices;
  readonly budget: BudgetStore;
  readonly library: Library;
  readonly gallery: Gallery;
  readonly api: Api;
  /** An image file that was dropped or pasted, for Edit. */
  readonly droppedFile: Signal<File | undefined>;
  /** Text that the browser refused to copy. */
  readonly copyBlocked: Signal<string | undefined>;
  /** Absent until the page knows what the API can do. */
  readonly workspace: ReadonlySignal<Workspace | undefined>;
}

/** What the stores need of the browser. */
export interface Browser {
  readonly fetch: typeof fetch;
  readonly history: BrowserHistory;
  readonly signIn: SignInBrowser;
  readonly now: () => number;
  /** Returns a number from 0 to below 1. */
  readonly random: () => number;
  readonly isOnline: () => boolean;
  readonly isHidden: () => boolean;
  /** Whether the window is narrow, so that pages of the gallery are shorter. */
  readonly isNarrow: () => boolean;
}

const PAGE_SIZE = 24;
const NARROW_PAGE_SIZE = 12;

export function createPage(configuration: PlaygroundConfiguration, browser: Browser): Page {
  const { now } = browser;
  const hasGallery = configuration.auth.type !== 'none';
  const notices = createNotices();
  const navigation = createNavigation(browser.history, () => (hasGallery ? { view: 'gallery', size: 'm' } : { ...START, view: 'create', fields: {}, run: [] }));
  const workspace = signal<Workspace | undefined>(undefined);
  const session = createSession(configuration.auth, browser.signIn, () => fragmentOf(navigation, workspace.peek()));
  const api = createApi(createSend({
    ...browser,
    base: configuration.api,
    authorize: session.authorize,
    renew: session.renew,
    onBudget: (usd) => budget.remaining(usd),
    onUnauthenticated: () => session.reject(),
  }));
  const connection = createConnection(api, now);
  const budget = createBudgetStore(connection.capabilities);
  const library = createLibrary(api, now);
  const gallery = createGallery({ api, library, pageSize: () => (browser.isNarrow() ? NARROW_PAGE_SIZE : PAGE_SIZE) });
  whenConnected(connection, (capabilities) => {
    workspace.value = createWorkspace({ ...browser, api, library, budget, notices, navigation, capabilities, queued: configuration.queued });
  });
  connectWithoutFields(session, connection);
  return {
    configuration,
    hasGallery,
    session,
    connection,
    navigation,
    notices,
    budget,
    library,
    gallery,
    api,
    workspace,
    formats: createFormats({ now }),
    droppedFile: signal<File | undefined>(undefined),
    copyBlocked: signal<string | undefined>(undefined),
  };
}

/** Calls a function once, when the page knows what the API can do. */
function whenConnected({ capabilities }: Connection, call: (capabilities: ReadonlySignal<Capabilities>) => void): void {
  let isCalled = false;
  effect(() => {
    if (!capabilities.value || isCalled) return;
    isCalled = true;
    untracked(() => call(capabilities as ReadonlySignal<Capabilities>));
  });
}

/** Connects when the session is open. The form of the credentials connects itself. */
function connectWithoutFields({ state, fields }: Session, connection: Connection): void {
  if (fields.length > 0) return;
  effect(() => {
    if (state.value === 'open') untracked(() => void connection.connect());
  });
}

/** Returns the fragment to which the sign-in returns: that of the URL, with the images of the newest run. */
function fragmentOf({ location, href }: Navigation, workspace: Workspace | undefined): string {
  const current = location.peek();
  const newest = newestOf(workspace?.runs.runs.peek() ?? []);
  return current.view === 'create' && newest
    ? href({ ...current, fields: workspace!.draft.locationFields(), run: idsOf(newest.tiles.map((tile) => tile.peek())) })
    : writeLocation(current);
}
