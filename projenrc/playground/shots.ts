/** The screenshots of the playground in the documentation: one entry each. */
import { type Page } from 'playwright-core';

export interface Shot {
  /** Name of the file in `docs/images/playground`, without `.webp`. */
  readonly name: string;
  readonly phone?: true;
  readonly dark?: true;
  /** Fragment of the URL. */
  readonly fragment: string;
  /** Brings the page into the state to show. */
  readonly act?: (stage: Stage) => Promise<void>;
}

/** What a shot can do. */
export interface Stage {
  readonly page: Page;
  /** Requests the images of the form. */
  generate(): Promise<void>;
  /** Waits for a number of images that are loaded. */
  images(count: number): Promise<void>;
  /** Sets the mode of the local model service for a number of calls. */
  model(mode: string, times?: number): Promise<void>;
}

const create = (fields: string) => `#/create?${fields}`;
const HARBOUR = create('prompt=a+harbour+at+dawn,+paper+boats&ratio=16:9&n=4&seed=11');
const FOX = create('prompt=a+fox+asleep+in+the+snow&seed=11');

/** Drags the mouse over the image of the canvas, between points in per cent of the canvas. */
async function paint(page: Page, ...points: readonly (readonly [number, number])[]): Promise<void> {
  const { x, y, width, height } = (await page.locator('.canvas.mask').boundingBox())!;
  const [first, ...others] = points.map(([px, py]) => [x + width * px / 100, y + height * py / 100] as const);
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const point of others) await page.mouse.move(...point, { steps: 8 });
  await page.mouse.up();
}

async function openInEdit({ page, generate, images }: Stage): Promise<void> {
  await generate();
  await images(1);
  await page.locator('.tile a.frame').first().focus();
  await page.keyboard.press('e');
  await page.locator('.canvas.mask img').waitFor();
}

async function create4({ generate, images }: Stage): Promise<void> {
  await generate();
  await images(4);
}

/** In the order in which they are made: the gallery has the images of those before. */
export const SHOTS: readonly Shot[] = [
  { name: 'sign-in-light', fragment: '' },
  { name: 'empty-light', fragment: '' },
  { name: 'create-light', fragment: HARBOUR, act: create4 },
  { name: 'create-dark', dark: true, fragment: create('prompt=a+night+train+in+the+mountains&ratio=3:2&n=4&seed=40'), act: create4 },
  {
    name: 'busy-dark',
    dark: true,
    fragment: create('prompt=dunes+under+two+moons&ratio=3:2&n=4&seed=5'),
    act: async ({ page, generate, model }) => {
      await model('slow');
      await generate();
      await page.getByText('Generating').first().waitFor();
      await model('ok');
    },
  },
  { name: 'create-phone-light', phone: true, fragment: create('prompt=an+owl+made+of+paper&ratio=4:5&n=2&seed=7'), act: async ({ generate, images }) => { await generate(); await images(2); } },
  {
    name: 'edit-dark',
    dark: true,
    fragment: FOX,
    act: async (stage) => {
      await openInEdit(stage);
      await paint(stage.page, [44, 34], [52, 28], [60, 36]);
      await stage.page.getByLabel('What goes there?').fill('a paper moon');
    },
  },
  {
    name: 'compare-light',
    fragment: create('prompt=a+harbour+in+the+fog&seed=14'),
    act: async (stage) => {
      await openInEdit(stage);
      await paint(stage.page, [44, 34], [52, 28], [60, 36]);
      await stage.page.getByLabel('What goes there?').fill('a paper moon');
      await stage.page.locator('.side button[type=submit]').click();
      await stage.page.getByRole('slider', { name: 'Before and after' }).waitFor();
    },
  },
  {
    name: 'edit-phone-dark',
    phone: true,
    dark: true,
    fragment: create('prompt=a+tea+house+in+the+rain&seed=3'),
    act: async (stage) => {
      await openInEdit(stage);
      await stage.page.getByRole('button', { name: 'Extend' }).click();
      await stage.page.locator('.side .shape', { hasText: '16:9' }).click();
    },
  },
  {
    name: 'states-light',
    fragment: create('prompt=a+crowded+market&ratio=16:9&n=4&seed=3'),
    act: async ({ page, generate, model }) => {
      await model('filter-prompt', 2);
      await generate();
      await page.getByText('2 of 4 ready, 2 filtered').first().waitFor();
      await page.locator('.tile img').nth(1).waitFor();
    },
  },
  {
    name: 'batch-light',
    fragment: '#/batch?seed=20',
    act: async ({ page, model }) => {
      await model('filter-prompt', 1);
      await page.getByLabel('Prompts').fill(['a lighthouse in a storm', 'a lighthouse at noon, heat haze', 'a lighthouse in the polar night', 'a lighthouse in a wheat field', 'a lighthouse under the sea'].join('\n'));
      await page.getByLabel('Prompts').press('Control+Enter');
      await page.getByText('4 of 5 ready, 1 filtered').first().waitFor();
      await page.locator('.table img').nth(3).waitFor();
    },
  },
  { name: 'gallery-light', fragment: '#/gallery', act: ({ page }) => page.locator('.just img').nth(8).waitFor() },
  { name: 'gallery-phone-dark', phone: true, dark: true, fragment: '#/gallery', act: ({ page }) => page.locator('.just img').nth(6).waitFor() },
  {
    name: 'details-dark',
    dark: true,
    fragment: '#/gallery',
    act: async ({ page }) => {
      await page.getByRole('link', { name: /^a fox asleep in the snow/ }).first().click();
      await page.getByText('The same by code').waitFor();
    },
  },
];
