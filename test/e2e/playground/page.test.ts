import { LOOKS } from '../../helpers/e2e/looks';
import { usePlayground } from '../../helpers/e2e/use-playground';

const MARKUP = '<img src=x onerror="document.title=\'owned\'"><b>bold</b>';

/** The page with the API of examples/quickstart, in a real browser. */
describe('the playground', () => {
  const playground = usePlayground({ app: 'examples/quickstart' });

  it('rejects a wrong key in the form, and opens with the right one', async () => {
    const { page } = await playground.open();
    await page.getByLabel('API key').fill('wrong');
    await page.getByRole('button', { name: 'Open the playground' }).click();
    await page.getByText('The API does not accept this key.').waitFor();
    expect(await page.getByRole('navigation', { name: 'Main' }).count()).toBe(0);
    await playground.opened.connect(playground.client.alice);
    expect(await page.title()).toBe('Create · Image playground');
  });

  it('says what an image costs, and generates the first one with its final shape from the click on', async () => {
    const { page } = await playground.connected({ fragment: '#/create?ratio=16:9' });
    await page.getByText('One image costs about').waitFor();
    expect(await page.getByRole('button', { name: /^Generate.*\$0\.04/ }).count()).toBe(1);
    await playground.client.setModelMode('slow', { delayMs: 1500 });
    await playground.opened.generate('a harbour at dawn');
    const frame = page.locator('.tile .frame');
    await page.getByText('Generating').first().waitFor();
    const before = await frame.boundingBox();
    await playground.opened.waitForImages(1);
    expect(await frame.boundingBox()).toEqual(before);
    expect(before!.width / before!.height).toBeCloseTo(16 / 9, 1);
    expect(await page.locator('.tile img').getAttribute('alt')).toMatch(/^a harbour at dawn, seed \d+$/);
    expect(page.url()).toContain('#/create?prompt=a+harbour+at+dawn&ratio=16%3A9');
    expect(await playground.client.modelCallCount()).toBe(1);
  });

  it('shows several images, of which one is filtered with what to do', async () => {
    const { page } = await playground.connected({ fragment: '#/create?n=3' });
    await playground.client.setModelMode('filter-prompt', { times: 1 });
    await playground.opened.generate('a fox');
    await page.getByText('2 of 3 ready, 1 filtered').first().waitFor();
    await page.getByRole('heading', { name: 'Filtered' }).waitFor();
    await page.getByRole('button', { name: 'Change the prompt' }).click();
    expect(await page.locator('textarea[data-prompt]:focus').count()).toBe(1);
    expect(await page.locator('.tile img').count()).toBe(2);
  });

  it('waits and tries again by itself when the API is throttled, with the same key', async () => {
    const { page } = await playground.connected();
    const keys: (string | undefined)[] = [];
    page.on('request', (request) => { if (request.method() === 'POST') keys.push(request.headers()['idempotency-key']); });
    await playground.client.setModelMode('throttle');
    await playground.opened.generate('a fox');
    await page.getByRole('heading', { name: 'Too many requests just now' }).waitFor();
    await playground.client.setModelMode('ok');
    await page.getByRole('button', { name: 'Try now' }).click();
    await playground.opened.waitForImages(1);
    expect(keys.length).toBeGreaterThanOrEqual(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('does not generate a second image when the response is lost and the user tries again', async () => {
    const { page } = await playground.connected();
    await page.route('**/api/images', async (route) => {
      await route.fetch();
      await route.abort();
    }, { times: 1 });
    await playground.opened.generate('a bear');
    await page.getByRole('heading', { name: 'The connection broke' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await playground.opened.waitForImages(1);
    expect(await playground.client.modelCallCount()).toBe(1);
  });

  it('keeps the draft and the images when the API is down in mid-work', async () => {
    const { page } = await playground.connected();
    await playground.opened.generate('a kite');
    await playground.opened.waitForImages(1);
    await page.route('**/api/**', (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }));
    await playground.opened.generate('another kite');
    await page.getByRole('heading', { name: 'The API does not answer' }).waitFor();
    expect(await playground.opened.prompt.inputValue()).toBe('another kite');
    expect(await page.locator('.tile img').count()).toBe(1);
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await playground.opened.waitForImages(2);
  });

  it('shows images in the gallery, and deletes one', async () => {
    const { page } = await playground.connected();
    await playground.opened.generate('an owl made of paper');
    await playground.opened.waitForImages(1);
    await page.getByRole('link', { name: 'Gallery' }).click();
    const images = page.getByRole('img', { name: /^an owl made of paper/ });
    await images.first().waitFor();
    const before = await images.count();
    await page.getByRole('button', { name: 'Select' }).click();
    await page.locator('.just a').first().click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Deleted', { exact: true }).waitFor();
    expect(await images.count()).toBe(before - 1);
  });

  it('shows markup in a prompt as text', async () => {
    const { page } = await playground.connected();
    await playground.opened.generate(MARKUP);
    await playground.opened.waitForImages(1);
    expect(await page.locator('.run h2').first().textContent()).toBe(MARKUP);
    expect(await page.locator('.run h2 img, .run h2 b').count()).toBe(0);
    expect(await page.title()).toBe('Create · Image playground');
  });

  it('leaves no trace of the key in the URL, in storage or in the console', async () => {
    await playground.connected();
    await playground.opened.generate('a fox');
    await playground.opened.waitForImages(1);
    expect(await playground.opened.traces()).not.toContain(playground.client.alice);
  });

  it('restores the form from the URL, and requests nothing', async () => {
    await playground.connected({ fragment: '#/create?prompt=a+lighthouse&ratio=21:9&n=2' });
    expect(await playground.opened.prompt.inputValue()).toBe('a lighthouse');
    expect(await playground.opened.page.getByRole('radio', { name: '21:9' }).getAttribute('aria-checked')).toBe('true');
    expect(await playground.client.modelCallCount()).toBe(0);
  });

  describe.each(LOOKS)('on a %s', (_, look) => {
    it('has no violation of axe, one primary button and no sideways scrolling in any view', async () => {
      await playground.open(look);
      await playground.opened.page.getByLabel('API key').waitFor();
      const found: Record<string, unknown> = { signIn: await playground.opened.violations() };
      await playground.opened.connect(playground.client.alice);
      const check = async (view: string) => {
        found[view] = await playground.opened.violations();
        found[`${view}: sideways`] = await playground.opened.scrollsSideways();
      };
      await check('empty');
      await playground.opened.generate('a harbour at dawn');
      await playground.opened.waitForImages(1);
      await check('create');
      expect(await playground.opened.page.locator('.btn.primary:visible').count()).toBe(1);
      await playground.opened.page.locator('.tile a.frame').first().click();
      await playground.opened.page.getByText('The same by code').waitFor();
      await check('details');
      await playground.opened.page.keyboard.press('Escape');
      await playground.opened.page.getByRole('link', { name: 'Gallery' }).click();
      await playground.opened.page.locator('.just img').first().waitFor();
      await check('gallery');
      const expected = Object.fromEntries(Object.keys(found).map((name) => [name, name.endsWith('sideways') ? false : []]));
      expect(found).toEqual(expected);
    });
  });
});
