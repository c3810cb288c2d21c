import { type Browser } from 'playwright-core';
import { startBrowser } from '../../helpers/e2e/browser';
import { Client } from '../../helpers/e2e/client';
import { PlaygroundPage } from '../../helpers/e2e/playground-page';

const JOB_IN_URL = /run=[0-9A-Z]{26}/;

/** The page with an API that has a queue. */
describe('the playground of an API with a queue', () => {
  let client: Client;
  let browser: Browser;
  let opened: PlaygroundPage;
  beforeAll(async () => {
    browser = await startBrowser();
    client = await Client.start({ app: 'examples/queued', playground: true });
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await client?.app.close();
  });
  beforeEach(async () => {
    await client.resetModel('ok');
    opened = await PlaygroundPage.open(browser, { url: client.app.outputs.playgroundUrl! });
    await opened.connect(client.alice);
  });
  afterEach(() => opened?.close());

  it('enqueues an image and shows it when its job is ready', async () => {
    await opened.generate('a lighthouse');
    await opened.page.getByText('Queued').first().waitFor();
    await opened.waitForImages(1);
    expect(opened.page.url()).toMatch(JOB_IN_URL);
    expect(await client.modelCallCount()).toBe(1);
  });

  it('finds the image again after a reload in the middle', async () => {
    await client.setModelMode('slow', { delayMs: 4000 });
    await opened.generate('a night train');
    await opened.page.waitForURL(JOB_IN_URL);
    await opened.page.reload();
    await opened.connect(client.alice);
    expect(await opened.prompt.inputValue()).toBe('a night train');
    await opened.waitForImages(1);
    expect(await client.modelCallCount()).toBe(1);
  });
});
