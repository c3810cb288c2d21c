import { type Browser } from 'playwright-core';
import { startBrowser } from './browser';
import { Client } from './client';
import { type Look } from './looks';
import { PlaygroundPage } from './playground-page';
import { type LocalAppOptions } from '../../../local/run-app';

/** An app with its page, and a browser. A test has at most one page at a time, which is closed after it. */
export interface Playground {
  readonly client: Client;
  /** The page that the test has opened. */
  readonly opened: PlaygroundPage;
  open(options?: Look): Promise<PlaygroundPage>;
  /** Opens the page, and connects with the key of alice. */
  connected(options?: Look): Promise<PlaygroundPage>;
}

/** Starts an app and a browser before the tests of a block, and stops them after it. Each test begins with a model service that works. */
export function usePlayground(options: Omit<LocalAppOptions, 'playground'>): Playground {
  let client: Client | undefined;
  let browser: Browser | undefined;
  let opened: PlaygroundPage | undefined;
  beforeAll(async () => {
    browser = await startBrowser();
    client = await Client.start({ ...options, playground: true });
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await client?.app.close();
  });
  beforeEach(() => client!.resetModel('ok'));
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  const open = async (look: Look = {}) => {
    const { playgroundUrl, playgroundUser, awsEndpointUrl } = client!.app.outputs;
    opened = await PlaygroundPage.open(browser!, { url: playgroundUrl!, ...playgroundUser && { userPoolUrl: awsEndpointUrl }, ...look });
    return opened;
  };
  return {
    get client() { return client!; },
    get opened() { return opened!; },
    open,
    async connected(look) {
      const page = await open(look);
      await page.connect(client!.alice);
      return page;
    },
  };
}
