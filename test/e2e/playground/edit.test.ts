import { setTimeout as sleep } from 'node:timers/promises';
import { type Request } from 'playwright-core';
import { PNG } from 'pngjs';
import { LOOKS } from '../../helpers/e2e/looks';
import { usePlayground } from '../../helpers/e2e/use-playground';

const MARKUP = '<img src=x onerror="document.title=\'owned\'">';
const WHITE = 255;
const BLACK = 0;

interface EditBody {
  readonly operation: string;
  readonly image: string;
  readonly mask?: string;
  readonly prompt?: string;
  readonly left?: number;
}

/** The Edit view with an API that has edits. */
describe('the Edit view', () => {
  const playground = usePlayground({ app: 'examples/models' });
  let sent: EditBody[];
  const page = () => playground.opened.page;
  const apply = () => page().locator('.side button[type=submit]');
  const canvas = () => page().locator('.canvas.mask');
  const versions = () => page().locator('.versions .version');
  const operation = (name: string) => page().locator('.ops:visible .op, .opsbar:visible .chip').filter({ hasText: name }).first();

  /** Generates an image and opens it in Edit. */
  async function openImage(look: { readonly phone?: boolean; readonly dark?: boolean } = {}): Promise<void> {
    await playground.connected(look);
    sent = [];
    page().on('request', (request: Request) => { if (request.url().endsWith('/images/edits')) sent.push(request.postDataJSON() as EditBody); });
    await playground.opened.generate('a fox asleep in the snow');
    await playground.opened.waitForImages(1);
    await page().getByRole('link', { name: 'Edit' }).click();
    await page().locator('.choose a').first().click();
    await page().locator('.canvas img').first().waitFor();
  }

  /** Drags the mouse over the middle of the canvas. */
  async function paint(): Promise<void> {
    const { x, y, width, height } = (await canvas().boundingBox())!;
    const [cx, cy] = [x + width / 2, y + height / 2];
    await page().mouse.move(cx - 60, cy);
    await page().mouse.down();
    await page().mouse.move(cx + 60, cy, { steps: 10 });
    await page().mouse.up();
  }
  const pixels = ({ mask }: EditBody) => PNG.sync.read(Buffer.from(mask!, 'base64'));
  const ready = (count: number): Promise<void> => versions().nth(count).locator('img').waitFor();

  /** Drops a file on the page. */
  const drop = (name: string, bytes: readonly number[], type = 'image/png') => page().evaluate(({ fileName, content, mimeType }) => {
    const { DataTransfer: Transfer, File: WebFile, DragEvent: Drop, document: root } = globalThis as unknown as {
      DataTransfer: new () => { items: { add(file: unknown): void } };
      File: new (parts: unknown[], name: string, options: object) => unknown;
      DragEvent: new (type: string, options: object) => unknown;
      document: { body: { dispatchEvent(event: unknown): void } };
    };
    const dataTransfer = new Transfer();
    dataTransfer.items.add(new WebFile([Uint8Array.from(content)], fileName, { type: mimeType }));
    root.body.dispatchEvent(new Drop('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, { fileName: name, content: [...bytes], mimeType: type });

  it('replaces a painted part, and compares before and after', async () => {
    await openImage();
    await apply().click();
    await page().getByRole('button', { name: 'Paint over a part first' }).waitFor();
    await paint();
    await page().getByLabel('What goes there?').fill('a paper moon');
    await apply().click();
    await page().getByRole('slider', { name: 'Before and after' }).waitFor();
    const [body] = sent;
    expect(body).toMatchObject({ operation: 'inpaint', prompt: 'a paper moon' });
    const { width, height, data } = pixels(body);
    const at = (x: number, y: number) => data[(Math.round(y) * width + Math.round(x)) * 4];
    expect([width, height]).toEqual([1024, 1024]);
    expect([at(width / 2, height / 2), at(10, 10), at(width / 2, height - 10)]).toEqual([WHITE, BLACK, BLACK]);
    expect(await versions().allTextContents()).toEqual(['Original', '1 · Replace']);
    expect(page().url()).toMatch(/#\/edit\/[0-9A-Z]{26}\/0\?op=inpaint&prompt=a\+paper\+moon/);
    expect(sent).toHaveLength(1);
  });

  it('restores the image, the operation and the prompt from the URL, and requests nothing', async () => {
    await openImage();
    await operation('Find and replace').click();
    await page().getByLabel('What should be replaced?').fill('fox');
    await page().waitForURL(/searchPrompt=fox/);
    await page().reload();
    await playground.opened.connect(playground.client.alice);
    await page().getByRole('heading', { name: 'Find and replace' }).waitFor();
    expect(await page().getByLabel('What should be replaced?').inputValue()).toBe('fox');
    expect(sent).toEqual([]);
  });

  it('paints, undoes and erases with the keyboard alone', async () => {
    await openImage();
    await canvas().focus();
    for (let i = 0; i < 3; i++) await page().keyboard.press('Shift+ArrowLeft');
    await page().keyboard.press('Space');
    await page().keyboard.press('Control+z');
    await page().keyboard.press('Space');
    await page().keyboard.press('i');
    await operation('Erase').click();
    await apply().click();
    await ready(1);
    const { width, height, data } = pixels(sent[0]);
    const changed = data.filter((value, index) => index % 4 === 0 && value === WHITE).length;
    // inverted: all but one dot of the brush
    expect(changed).toBeGreaterThan(width * height * 0.8);
    expect(changed).toBeLessThan(width * height);
  });

  it('marks a rectangle by numbers', async () => {
    await openImage();
    await operation('Erase').click();
    await page().getByText('Mark a rectangle').click();
    for (const [label, value] of [['Left', '0'], ['Top', '0'], ['Width', '50'], ['Height', '100']]) await page().getByLabel(`${label}, per cent`).fill(value);
    await page().getByRole('button', { name: 'Mark', exact: true }).click();
    await apply().click();
    await ready(1);
    const { width, height, data } = pixels(sent[0]);
    expect(data.filter((value, index) => index % 4 === 0 && value === WHITE)).toHaveLength(width / 2 * height);
  });

  it('extends an image by a shape and by a handle', async () => {
    await openImage();
    await operation('Extend').click();
    await apply().click();
    await page().getByRole('button', { name: 'Pull an edge first' }).waitFor();
    await page().locator('.side .shape', { hasText: '16:9' }).click();
    await page().getByText('New size: 1820 × 1024').waitFor();
    await page().getByRole('slider', { name: 'Left, pixels to add' }).press('ArrowLeft');
    await page().getByText('New size: 1804 × 1024').waitFor();
    await apply().click();
    await ready(1);
    expect(sent[0]).toMatchObject({ operation: 'outpaint', left: 382, right: 398 });
  });

  it('asks before an expensive edit, and starts the next edit from a version', async () => {
    await openImage();
    await operation('Remove background').click();
    await apply().click();
    await ready(1);
    await operation('Enlarge').click();
    await page().getByRole('radio', { name: /Creative/ }).click();
    await page().getByLabel('What does the image show?').fill('a fox');
    await apply().click();
    await page().getByRole('button', { name: 'Enlarge for about $0.60?' }).waitFor();
    // a double click is one press
    await apply().click();
    await sleep(600);
    expect(sent).toHaveLength(1);
    await apply().click();
    await ready(2);
    expect(sent[1].operation).toBe('creative-upscale');
    expect(sent[1].image).not.toBe(sent[0].image);
  });

  it('opens a file that is dropped anywhere, and names what does not fit', async () => {
    await playground.connected();
    await drop('broken.png', [...Buffer.from('GIF89a')]);
    await page().getByText('Use PNG, JPEG or WebP.').waitFor();
    const small = new PNG({ width: 300, height: 40 });
    await drop('small.png', [...PNG.sync.write(small)]);
    await page().getByText('It is 300 × 40 pixels. Each side needs at least 64.').waitFor();
    sent = [];
    page().on('request', (request: Request) => { if (request.url().endsWith('/images/edits')) sent.push(request.postDataJSON() as EditBody); });
    const large = new PNG({ width: 300, height: 200 });
    large.data.fill(200);
    await drop('large.png', [...PNG.sync.write(large)]);
    await page().getByText('small.png').waitFor({ state: 'detached' });
    await operation('Remove background').click();
    await apply().click();
    await ready(1);
    expect(PNG.sync.read(Buffer.from(sent[0].image, 'base64'))).toMatchObject({ width: 300, height: 200 });
  });

  it('says that the image was filtered, and keeps the form', async () => {
    await openImage();
    await operation('Find and replace').click();
    await page().getByLabel('What should be replaced?').fill('fox');
    await page().getByLabel('What goes there?').fill('a cat');
    await playground.client.setModelMode('filter-output', { times: 1 });
    await apply().click();
    await page().getByRole('heading', { name: /^Filtered/ }).waitFor();
    expect(await page().getByLabel('What goes there?').inputValue()).toBe('a cat');
    await versions().first().click();
    await apply().click();
    await ready(2);
  });

  it('opens an image with E, and shows markup as text', async () => {
    await playground.connected();
    await playground.opened.generate(MARKUP);
    await playground.opened.waitForImages(1);
    await page().locator('.tile a.frame').focus();
    await page().keyboard.press('e');
    await page().locator('.canvas img').first().waitFor();
    expect(await page().locator('.canvas img').first().getAttribute('alt')).toContain(MARKUP);
    await page().getByText('More settings').click();
    for (const field of await page().locator('.side textarea').all()) await field.fill(MARKUP);
    await page().waitForURL(/negativePrompt=/);
    expect(await page().title()).toBe('Edit · Image playground');
  });

  /** Number of pixels of the canvas that are painted. */
  const painted = () => page().locator('canvas.marks').evaluate(async (element) => {
    const { requestAnimationFrame } = globalThis as unknown as { requestAnimationFrame(call: () => void): void };
    for (let frame = 0; frame < 10; frame++) await new Promise<void>((resolve) => { requestAnimationFrame(resolve); });
    const bitmap = element as unknown as {
      readonly width: number;
      readonly height: number;
      getContext(type: '2d'): { getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray } };
    };
    const { data } = bitmap.getContext('2d').getImageData(0, 0, bitmap.width, bitmap.height);
    return data.filter((value, index) => index % 4 === 3 && value > 0).length;
  });

  it('shows each change of the mask: by the form, buttons and keys', async () => {
    await openImage();
    expect(await painted()).toBe(0);
    await page().getByText('Mark a rectangle').click();
    await page().getByRole('button', { name: 'Mark', exact: true }).click();
    const marked = await painted();
    expect(marked).toBeGreaterThan(0);
    await page().getByRole('button', { name: /^Invert/ }).click();
    expect(await painted()).toBeGreaterThan(marked);
    await page().getByRole('button', { name: /^Undo/ }).click();
    expect(await painted()).toBe(marked);
    await page().getByRole('button', { name: 'Clear' }).click();
    expect(await painted()).toBe(0);
    await canvas().focus();
    await page().keyboard.press('i');
    expect(await painted()).toBeGreaterThan(0);
    await page().keyboard.press('Control+z');
    expect(await painted()).toBe(0);
  });

  it('paints nothing when Space pans, and when Esc discards a stroke of the keyboard', async () => {
    await openImage();
    const { x, y, width, height } = (await canvas().boundingBox())!;
    await canvas().focus();
    await page().keyboard.down('Space');
    await page().mouse.move(x + width / 2, y + height / 2);
    await page().mouse.down();
    await page().mouse.move(x + width / 2 + 80, y + height / 2 + 40, { steps: 5 });
    await page().mouse.up();
    await page().keyboard.up('Space');
    expect(await painted()).toBe(0);
    await page().keyboard.down('Space');
    await page().keyboard.press('ArrowRight');
    await page().keyboard.press('Escape');
    await page().keyboard.up('Space');
    expect(await painted()).toBe(0);
    await apply().click();
    await page().getByRole('button', { name: 'Paint over a part first' }).waitFor();
    expect(sent).toEqual([]);
  });

  it('edits the image that E is pressed on, also if a version of it is selected', async () => {
    await openImage();
    await operation('Remove background').click();
    await apply().click();
    await ready(1);
    await page().getByRole('link', { name: 'Create' }).click();
    await page().locator('.tile a.frame').last().focus();
    await page().keyboard.press('e');
    await page().locator('.version[aria-current]', { hasText: 'Original' }).waitFor();
    await apply().click();
    await ready(2);
    expect(sent[1].image).toBe(sent[0].image);
  });

  it('says that an image of the URL does not exist, follows another operation in the URL, and keeps the image', async () => {
    await openImage();
    await page().waitForURL(/op=inpaint/);
    const hash = (change: string) => page().evaluate((next) => {
      const { location } = globalThis as unknown as { location: { hash: string } };
      location.hash = next;
    }, change);
    const current = new URL(page().url()).hash;
    await hash(current.replace('op=inpaint', 'op=erase'));
    await page().getByRole('heading', { name: 'Erase a part' }).waitFor();
    await hash('#/edit/01ARZ3NDEKTSV4RRFFQ69G5FAV/0');
    await page().getByText('This image does not exist').waitFor();
    expect(await page().locator('.canvas img').count()).toBe(1);
  });

  it('keeps the versions when a file cannot be read, and takes text of the clipboard as text', async () => {
    await openImage();
    await operation('Remove background').click();
    await apply().click();
    await ready(1);
    await drop('photo.heic', [0, 0, 0, 24, 102, 116, 121, 112], '');
    await page().getByText('Use PNG, JPEG or WebP.').waitFor();
    expect(await versions().count()).toBe(2);
    const isTaken = await page().evaluate(() => {
      const { DataTransfer: Transfer, File: WebFile, ClipboardEvent: Paste, document: root } = globalThis as unknown as {
        DataTransfer: new () => { items: { add(file: unknown): void }; setData(type: string, text: string): void };
        File: new (parts: unknown[], name: string, options: object) => unknown;
        ClipboardEvent: new (type: string, options: object) => { readonly defaultPrevented: boolean };
        document: { body: { append(child: unknown): void }; createElement(name: string): { dispatchEvent(event: unknown): void } };
      };
      const clipboardData = new Transfer();
      clipboardData.setData('text/plain', 'a fox');
      clipboardData.items.add(new WebFile([new Uint8Array(4)], 'image.png', { type: 'image/png' }));
      const field = root.createElement('textarea');
      root.body.append(field);
      const event = new Paste('paste', { clipboardData, bubbles: true, cancelable: true });
      field.dispatchEvent(event);
      return event.defaultPrevented;
    });
    expect(isTaken).toBe(false);
  });

  it('uploads a file above 4 MB, and names it by its id', async () => {
    await openImage();
    const large = new PNG({ width: 1500, height: 1200 });
    for (let index = 0; index < large.data.length; index++) large.data[index] = index % 4 === 3 ? WHITE : (index * 2_654_435_761) % 251;
    const buffer = Buffer.concat([PNG.sync.write(large), Buffer.alloc(4_200_000)]);
    await page().getByRole('button', { name: 'Another image' }).click();
    await page().locator('input[type=file]').setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer });
    await page().locator('.canvas img').first().waitFor();
    await operation('Remove background').click();
    await apply().click();
    await ready(1);
    expect(sent[0].image).toMatch(/^[0-9A-Z]{26}$/);
  });

  describe.each(LOOKS)('on a %s', (_, look) => {
    it('has no violation of axe, one primary button and no sideways scrolling', async () => {
      await openImage(look);
      const found: Record<string, unknown> = {};
      const check = async (view: string) => { found[view] = await playground.opened.viewFaults(); };
      await check('mask');
      await operation('Extend').click();
      await check('extend');
      await operation('Transfer style').click();
      await check('image field');
      await operation('Remove background').click();
      await apply().click();
      await page().getByRole('slider', { name: 'Before and after' }).waitFor();
      await check('compare');
      await operation('Enlarge').click();
      await check('enlarge');
      await page().getByRole('button', { name: 'Another image' }).click();
      await page().getByRole('heading', { name: 'Choose an image to edit' }).waitFor();
      await check('choose');
      expect(found).toEqual({ 'mask': [], 'extend': [], 'image field': [], 'compare': [], 'enlarge': [], 'choose': [] });
    });
  });
});

