import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../helpers/e2e/eventually';
import { usePlayground } from '../../helpers/e2e/use-playground';

/** What the page says at the limits of an API: budget, and links that expire. */
describe('the playground of an API with a daily budget', () => {
  const playground = usePlayground({ app: 'examples/hardened', context: { dailyBudgetUsd: '0.12', dailyBudgetUsdPerOwner: '0.12' } });

  it('shows what is spent, warns when little is left, and keeps the prompt when it is used up', async () => {
    const { page } = await playground.connected();
    await page.getByRole('button', { name: /^\$0\.00 of \$0\.12/ }).waitFor();
    await page.getByText("$0.12 of today's $0.12 left").first().waitFor();
    await page.getByText('Enough for 3 more images with this model.').first().waitFor();
    await playground.opened.generate('a lighthouse');
    await playground.opened.waitForImages(1);
    await page.getByRole('button', { name: /^\$0\.04 of \$0\.12/ }).click();
    await page.getByText('A new day starts').waitFor();
    expect(await playground.opened.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await playground.opened.generate('a lighthouse at night');
    await playground.opened.waitForImages(2);
    await playground.opened.generate('a fox');
    await playground.opened.waitForImages(3);
    await page.getByRole('button', { name: /^\$0\.12 of \$0\.12/ }).waitFor();
    await playground.opened.generate('one too many');
    await page.getByRole('heading', { name: "Today's budget is used up" }).waitFor();
    await page.getByText(/\$0\.12 of \$0\.12\. A new day starts at .*Your prompt is kept\./).first().waitFor();
    expect(await playground.opened.prompt.inputValue()).toBe('one too many');
    expect(await playground.client.modelCallCount()).toBe(3);
    expect(await playground.opened.violations()).toEqual([]);
  });
});

describe('a link of an image that does not work any more', () => {
  const playground = usePlayground({ app: 'examples/quickstart' });

  it('is signed again without a word, and the image is shown', async () => {
    const { page } = await playground.connected();
    let refused = 0;
    await page.route('**/i/**', async (route) => {
      refused += 1;
      // a URL that is signed in the same second is the same
      await sleep(1500);
      await route.fulfill({ status: 403, contentType: 'application/xml', body: '<Error><Code>AccessDenied</Code></Error>' });
    }, { times: 1 });
    await playground.opened.generate('a harbour');
    const image = page.locator('.tile img');
    const isShown = () => image.evaluate((element) => (element as unknown as { readonly naturalWidth: number }).naturalWidth > 0 || undefined);
    await eventually(isShown, 'the image is not shown', 30_000);
    expect(refused).toBe(1);
    expect(await page.getByText('could not be loaded').count()).toBe(0);
  });

  it('of an image that was deleted elsewhere says so', async () => {
    const { page } = await playground.connected();
    await playground.opened.generate('a market');
    await playground.opened.waitForImages(1);
    const { images } = (await playground.client.call('GET /images?limit=1', { key: playground.client.alice })).json;
    await playground.client.call(`DELETE /images/${images[0].id}`, { key: playground.client.alice });
    await page.goto(`${playground.client.app.outputs.playgroundUrl}/#/image/${images[0].id}/0`);
    await page.reload();
    await playground.opened.connect(playground.client.alice);
    await page.getByText('This image does not exist').waitFor();
  });
});
