import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app';
import { keepPending, takeCallback, takePending } from './auth/callback';
import { type SignInBrowser } from './auth/session';
import { PageContext } from './parts/context';
import { onWake } from './parts/on-wake';
import { createPage, type Page } from './stores/page';
import { PLAYGROUND_CONFIGURATION_FILE, type PlaygroundConfiguration } from '../private/contract/playground';

const storage = () => window.sessionStorage;
// before anything else, so that the code of a sign-in is in no URL that the browser, an error or a link could show
const callback = takeCallback({ location: window.location, history: window.history, storage });

async function start(): Promise<void> {
  const response = await fetch(`/${PLAYGROUND_CONFIGURATION_FILE}`);
  const page = createPage(await response.json() as PlaygroundConfiguration, {
    fetch: (input, init) => window.fetch(input, init),
    history: {
      read: () => window.location.hash,
      replace: (fragment) => window.history.replaceState(null, '', fragment),
      push: (fragment) => window.history.pushState(null, '', fragment),
      back: () => window.history.back(),
    },
    signIn: signInBrowser(),
    now: () => Date.now(),
    random: () => Math.random(),
    isOnline: () => navigator.onLine,
    isHidden: () => document.hidden,
    isNarrow: () => window.matchMedia('(max-width: 43.99rem)').matches,
  });
  listen(page);
  render(<PageContext.Provider value={page}><App /></PageContext.Provider>, document.getElementById('app')!);
}

function signInBrowser(): SignInBrowser {
  return {
    ...(callback && { callback }),
    redirectUri: `${window.location.origin}/`,
    load: () => import('./auth/sign-in'),
    keep: (pending) => keepPending(storage, pending),
    discard: () => takePending(storage),
    leave: (url) => window.location.assign(url),
  };
}

function listen({ navigation, session: { userSession }, workspace }: Page): void {
  window.addEventListener('hashchange', () => navigation.changed());
  window.addEventListener('popstate', () => navigation.changed());
  onWake(() => workspace.peek()?.runs.wake());
  window.addEventListener('pagehide', () => userSession?.onPageHide());
  window.addEventListener('pageshow', ({ persisted }) => { if (persisted && userSession?.onPageShow()) window.location.reload(); });
  effect(() => {
    const { theme } = navigation.location.value;
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  });
}

void start();
