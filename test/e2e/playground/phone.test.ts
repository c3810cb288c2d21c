import { usePlayground } from '../../helpers/e2e/use-playground';

/** The work of a user on a phone. */
describe('the playground on a phone', () => {
  const playground = usePlayground({ app: 'examples/playground' });
  const page = () => playground.opened.page;
  beforeEach(async () => void await playground.connected({ phone: true }));

  it('generates images with the settings of the sheet', async () => {
    await page().locator('.dock .btn.ghost').first().click();
    await page().getByRole('dialog').getByRole('radio', { name: '16:9' }).click();
    await page().getByRole('dialog').getByRole('radio', { name: '2', exact: true }).click();
    await page().getByRole('dialog').getByRole('button', { name: 'Done' }).click();
    await playground.client.setModelMode('slow', { delayMs: 1500 });
    await playground.opened.prompt.fill('a lighthouse');
    await page().getByRole('button', { name: /^Generate \$0\.08/ }).click();
    await playground.opened.waitForImages(2);
    await page().locator('.run .meta', { hasText: '2 images' }).waitFor();
    const [image] = await page().locator('.tile .frame').all();
    const { width, height } = (await image.boundingBox())!;
    expect(width / height).toBeCloseTo(16 / 9, 1);
  });

  it('paints with a finger, and replaces the part', async () => {
    await playground.opened.generate('a fox');
    await playground.opened.waitForImages(1);
    await page().getByRole('button', { name: 'More', exact: true }).filter({ visible: true }).last().click();
    await page().locator('.menu:popover-open').getByRole('button', { name: 'Edit' }).click();
    const canvas = page().locator('.canvas.mask');
    await canvas.locator('img').waitFor();
    const { x, y, width, height } = (await canvas.boundingBox())!;
    const session = await playground.opened.context.newCDPSession(page());
    const touch = (type: string, ...points: readonly (readonly [number, number])[]) => session.send('Input.dispatchTouchEvent', {
      type: type as 'touchStart', touchPoints: points.map(([px, py], id) => ({ id, x: x + width * px, y: y + height * py })),
    });
    // two fingers zoom and do not paint
    await touch('touchStart', [0.4, 0.5], [0.6, 0.5]);
    await touch('touchMove', [0.35, 0.5], [0.65, 0.5]);
    await touch('touchEnd');
    await page().getByLabel('What goes there?').fill('a moon');
    await page().locator('.side button[type=submit]').click();
    await page().getByRole('button', { name: 'Paint over a part first' }).waitFor();
    await touch('touchStart', [0.4, 0.5]);
    for (let step = 1; step <= 5; step++) await touch('touchMove', [0.4 + step * 0.04, 0.5]);
    await touch('touchEnd');
    await page().locator('.side button[type=submit]').click();
    await page().getByRole('slider', { name: 'Before and after' }).waitFor();
    expect(await page().locator('.version').count()).toBe(2);
  });

  it('enqueues a batch, and deletes an image in the gallery', async () => {
    await page().getByRole('link', { name: 'Batch' }).click();
    await page().getByLabel('Prompts').fill('an owl\na kite');
    await page().getByRole('button', { name: /^Generate 2 images/ }).click();
    await page().getByText('2 of 2 ready').first().waitFor();
    await page().getByRole('link', { name: 'Gallery' }).click();
    const owls = page().getByRole('img', { name: /^an owl/ });
    await owls.first().waitFor();
    await page().getByRole('button', { name: 'Select' }).click();
    await owls.first().click();
    await page().getByRole('button', { name: 'Delete' }).click();
    await page().getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page().getByText('Deleted', { exact: true }).waitFor();
    expect(await owls.count()).toBe(0);
  });
});
