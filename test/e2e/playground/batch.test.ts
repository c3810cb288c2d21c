import { eventually } from '../../helpers/e2e/eventually';
import { LOOKS } from '../../helpers/e2e/looks';
import { usePlayground } from '../../helpers/e2e/use-playground';

const MARKUP = '<img src=x onerror="document.title=\'owned\'">';
const BATCH_ID = '01KAJ3W0V5E2M8Q9XG7T4R6B1N';
const BATCH_IN_URL = /#\/batch\/[0-9A-Z]{26}$/;

/** The Batch view with an API that has a queue. */
describe('the Batch view', () => {
  const playground = usePlayground({ app: 'examples/queued' });
  const page = () => playground.opened.page;
  const prompts = () => page().getByLabel('Prompts');
  const rows = () => page().locator('.table tbody tr');

  async function openBatch(look = {}): Promise<void> {
    await playground.connected({ fragment: '#/batch', ...look });
    await prompts().waitFor();
  }

  it('enqueues one image a line, shows each when it is ready, and opens its details', async () => {
    await openBatch();
    await prompts().fill(`a lighthouse\n\na fox\n${MARKUP}`);
    await page().getByText(/^3 of 100 prompts · about \$0\.12/).waitFor();
    await page().getByRole('button', { name: /^Generate 3 images/ }).click();
    await page().waitForURL(BATCH_IN_URL);
    await page().getByText('3 of 3 ready').first().waitFor();
    await rows().nth(2).locator('img').waitFor();
    expect(await rows().locator('.prompt-cell').allTextContents()).toEqual(['a lighthouse', 'a fox', MARKUP]);
    expect(await playground.client.modelCallCount()).toBe(3);
    await rows().first().getByRole('link', { name: /^a lighthouse, seed/ }).click();
    await page().getByText('The same by code').waitFor();
    await page().keyboard.press('Escape');
    await page().getByRole('heading', { name: 'Batch of 3' }).waitFor();
    expect(await page().title()).toBe('Batch · Image playground');
  });

  it('finds the batch again after a reload, and its tab returns to it', async () => {
    await openBatch();
    await prompts().fill('a kite\na bear');
    await prompts().press('Control+Enter');
    await page().waitForURL(BATCH_IN_URL);
    await page().reload();
    await playground.opened.connect(playground.client.alice);
    // this tab does not know the prompts: they come with the images
    await rows().nth(0).getByText('a kite').waitFor();
    await rows().nth(1).getByText('a bear').waitFor();
    await page().getByRole('link', { name: 'Create' }).click();
    await page().getByRole('link', { name: 'Batch' }).click();
    await page().getByRole('heading', { name: 'Batch of 2' }).waitFor();
    await page().getByRole('button', { name: 'New batch' }).click();
    expect(await prompts().inputValue()).toBe('');
  });

  it('says which image failed and which was filtered, and offers the failed ones again', async () => {
    await openBatch();
    await playground.client.setModelMode('filter-prompt', { times: 1 });
    await prompts().fill('a crowd');
    await prompts().press('Control+Enter');
    await page().getByText('Filtered', { exact: true }).waitFor();
    expect(await page().getByRole('button', { name: 'Try failed ones again' }).count()).toBe(0);
    await page().getByRole('button', { name: 'New batch' }).click();
    await playground.client.setModelMode('malformed', { times: 1 });
    await prompts().fill('a village');
    await prompts().press('Control+Enter');
    await page().getByRole('button', { name: 'Try failed ones again' }).click();
    expect(await prompts().inputValue()).toBe('a village');
  });

  it('cancels what is queued', async () => {
    await openBatch();
    await playground.client.setModelMode('slow', { delayMs: 3000 });
    await prompts().fill(Array.from({ length: 12 }, (_, index) => `boat ${index}`).join('\n'));
    await prompts().press('Control+Enter');
    await page().getByRole('button', { name: 'Cancel queued' }).click();
    await page().getByText('Cancelled or deleted').first().waitFor();
    await page().getByText(/^Started .* \d+ of 12 ready, \d+ deleted/).waitFor();
    expect(await playground.client.modelCallCount()).toBeLessThan(12);
  });

  it('marks lines that do not fit, restores the prompts from the URL, and keeps them when the API rejects the key', async () => {
    await openBatch();
    await prompts().fill(`a fox\n${'x'.repeat(10_001)}`);
    await page().getByText('Line 2: 1 character too long.').waitFor();
    await page().getByRole('button', { name: /^Generate/ }).click();
    await page().getByRole('button', { name: 'Check the lines' }).waitFor();
    await prompts().fill('a fox\nan owl');
    await page().waitForURL(/prompts=a\+fox%0Aan\+owl/);
    await page().reload();
    await playground.opened.connect(playground.client.alice);
    await eventually(async () => await prompts().inputValue() === 'a fox\nan owl' || undefined, 'the prompts were not restored', 10_000);
    expect(await playground.client.modelCallCount()).toBe(0);
  });

  it('enqueues a batch once when the response is lost and the user tries again', async () => {
    await openBatch();
    await page().route('**/api/images/batches', async (route) => {
      await route.fetch();
      await route.abort();
    }, { times: 1 });
    await prompts().fill('a night train');
    await prompts().press('Control+Enter');
    await page().getByRole('button', { name: 'Try again' }).click();
    await page().getByText('1 of 1 ready').first().waitFor();
    expect(await playground.client.modelCallCount()).toBe(1);
  });

  it('requests the progress at once when the browser shows the page again', async () => {
    await openBatch();
    let requests = 0;
    const batch = { id: BATCH_ID, createdAt: '2026-11-27T10:00:00.000Z', counts: { queued: 1 }, images: [{ id: BATCH_ID, status: 'queued' }] };
    await page().route(`**/api/images/batches/${BATCH_ID}`, (route) => {
      requests += 1;
      return route.fulfill({ json: batch });
    });
    // a page in the cache of the browser is hidden, so that the next request is 30 seconds later
    await page().evaluate('Object.defineProperty(document, "hidden", { value: true, configurable: true })');
    await page().evaluate(`location.hash = '#/batch/${BATCH_ID}'`);
    await page().getByRole('heading', { name: 'Batch of 1' }).waitFor();
    await page().evaluate('delete document.hidden; window.dispatchEvent(new Event("pageshow"))');
    await eventually(async () => requests === 2 || undefined, 'the progress was not requested', 10_000);
  });

  it('says that a batch does not exist', async () => {
    await playground.connected({ fragment: `#/batch/${BATCH_ID}` });
    await page().getByText('This batch does not exist').waitFor();
  });

  describe.each(LOOKS)('on a %s', (_, look) => {
    it('has no violation of axe, one primary button and no sideways scrolling', async () => {
      await openBatch(look);
      const found: Record<string, unknown> = {};
      const check = async (view: string) => { found[view] = await playground.opened.viewFaults(); };
      await check('empty');
      await prompts().fill(`a fox\n${'x'.repeat(10_001)}`);
      await check('issues');
      await prompts().fill('a fox\nan owl');
      await prompts().press('Control+Enter');
      await page().getByText('2 of 2 ready').first().waitFor();
      await rows().nth(1).locator('img').waitFor();
      await check('ready');
      expect(found).toEqual({ empty: [], issues: [], ready: [] });
    });
  });
});
