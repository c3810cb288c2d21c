import { setTimeout as sleep } from 'node:timers/promises';
import { LOOKS } from '../../helpers/e2e/looks';
import { usePlayground } from '../../helpers/e2e/use-playground';

/** Shifts below this are rounding of the browser. */
const MAX_SHIFT = 0.001;

/** Dialogs, menus and messages, in each theme and size; and that nothing moves. */
describe('the playground', () => {
  const playground = usePlayground({ app: 'examples/models' });
  const page = () => playground.opened.page;

  describe.each(LOOKS)('on a %s', (_, look) => {
    it('has no violation of axe in an open dialog or menu, and returns the focus when it closes', async () => {
      await playground.connected(look);
      await playground.opened.generate('a harbour at dawn');
      await playground.opened.waitForImages(1);
      const found: Record<string, unknown> = {};
      const check = async (name: string, opener: ReturnType<typeof menu>, { isDialog = true, menu: from = '' } = {}) => {
        const returnsTo = from || (await opener.getAttribute('aria-label') ?? await opener.textContent());
        await opener.click();
        const opened = page().locator(isDialog ? 'dialog[open]' : '.menu:popover-open');
        await opened.waitFor();
        found[name] = await playground.opened.violations();
        await page().keyboard.press('Escape');
        await opened.waitFor({ state: 'hidden' });
        // an entry of a menu is not there any more: its menu has the focus
        const focused = page().locator(':focus');
        expect([name, await focused.count(), await focused.getAttribute('aria-label') ?? await focused.textContent()]).toEqual([name, 1, returnsTo]);
      };
      const menu = (name: string) => page().getByRole('button', { name, exact: true }).filter({ visible: true });
      const item = (name: string) => page().locator('.menu:popover-open').getByRole('button', { name, exact: true });
      await check('account menu', menu('Account and settings'), { isDialog: false });
      await check('run menu', menu('More').first(), { isDialog: false });
      await check('tile menu', menu('More').last(), { isDialog: false });
      await check('meter', page().locator('.meter'), { isDialog: false });
      await menu('Account and settings').click();
      await check('shortcuts', item('Keyboard shortcuts'), { menu: 'Account and settings' });
      if (look.phone) {
        await check('settings', page().locator('.dock .btn.ghost').first());
        await menu('More').first().click();
        await check('code', item('Code'), { menu: 'More' });
      } else {
        await check('code', menu('Code'));
      }
      await check('details', page().locator('.tile a.frame'));
      await menu('More').last().click();
      await check('delete', item('Delete'), { menu: 'More' });
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
      expect(Object.keys(found).length).toBeGreaterThanOrEqual(8);
    });

    it('does not move while images arrive, fail and are listed', async () => {
      await playground.connected({ ...look, fragment: '#/create?n=4&ratio=3:2' });
      await playground.client.setModelMode('slow', { delayMs: 600 });
      await playground.opened.generate('a harbour at dawn');
      await playground.opened.waitForImages(4);
      const boxes = () => page().locator('.run').first().locator('.tile').evaluateAll((tiles) => tiles.map((tile) => {
        const { x, y, width, height } = (tile as unknown as { getBoundingClientRect(): Record<string, number> }).getBoundingClientRect();
        return { x, y, width, height };
      }));
      // longer than the time for which the browser takes a shift for the effect of the click
      await page().route('**/api/images', async (route) => {
        await sleep(800);
        await route.continue();
      });
      await playground.client.setModelMode('filter-prompt', { times: 2 });
      await playground.opened.generate('a market');
      await page().locator('.run').nth(1).waitFor();
      const before = await boxes();
      await page().getByText('2 of 4 ready, 2 filtered').first().waitFor();
      await page().locator('.tile img').nth(5).waitFor();
      expect(await boxes()).toEqual(before);
      await page().getByRole('link', { name: 'Gallery' }).click();
      await page().locator('.just img').nth(5).waitFor();
      expect(await playground.opened.layoutShift()).toBeLessThan(MAX_SHIFT);
    });
  });

  it('deletes the image that the question was about, whatever keys are pressed before the answer', async () => {
    await playground.connected({ fragment: '#/create?n=2' });
    await playground.opened.generate('a boat');
    await playground.opened.waitForImages(2);
    const deleted: string[] = [];
    page().on('request', (request) => { if (request.method() === 'DELETE') deleted.push(request.url().split('/').pop()!); });
    await page().locator('.tile a.frame').first().click();
    await page().getByRole('button', { name: 'Next image' }).waitFor();
    const [, id] = /image\/([0-9A-Z]{26})/.exec(page().url())!;
    await page().getByRole('button', { name: 'Delete', exact: true }).click();
    await page().getByRole('dialog', { name: 'Delete this image?' }).waitFor();
    await page().keyboard.press('ArrowRight');
    await page().getByRole('dialog', { name: 'Delete this image?' }).getByRole('button', { name: 'Delete' }).click();
    await page().getByText('Deleted', { exact: true }).waitFor();
    expect(deleted).toEqual([id]);
  });

  it('compares images of a run, with zoom and pan in step', async () => {
    await playground.connected({ fragment: '#/create?n=3' });
    await playground.opened.generate('a harbour at dawn');
    await playground.opened.waitForImages(3);
    await page().getByRole('button', { name: 'More', exact: true }).first().click();
    await page().locator('.menu:popover-open').getByRole('button', { name: 'Compare' }).click();
    await page().locator('.pane img').nth(2).waitFor();
    const transforms = () => page().locator('.pane .moved').evaluateAll((panes) => {
      const { getComputedStyle } = globalThis as unknown as { getComputedStyle(of: unknown): { readonly transform: string } };
      return panes.map((pane) => getComputedStyle(pane).transform);
    });
    const fit = 'matrix(1, 0, 0, 1, 0, 0)';
    expect(await transforms()).toEqual([fit, fit, fit]);
    await page().keyboard.press('+');
    await page().keyboard.press('+');
    await page().keyboard.press('ArrowRight');
    await page().getByRole('button', { name: '156 %' }).waitFor();
    const [first, ...others] = await transforms();
    expect(first).toMatch(/^matrix\(1\.5625, 0, 0, 1\.5625, -/);
    expect(others).toEqual([first, first]);
    expect(await playground.opened.violations()).toEqual([]);
    await page().keyboard.press('0');
    expect(await transforms()).toEqual([fit, fit, fit]);
    await page().keyboard.press('Escape');
    await page().locator('dialog[open]').waitFor({ state: 'hidden' });
  });

  it.each([
    ['the narrowest phone', 320, 568], ['a small phone', 360, 740], ['a tablet', 820, 1180], ['a wide screen', 2560, 1440],
    ['a desktop at 400 % zoom', 360, 225],
  ])('has no sideways scrolling and shows its button on %s', async (_, width, height) => {
    await playground.connected();
    await page().setViewportSize({ width, height });
    await playground.opened.generate('a harbour at dawn');
    await playground.opened.waitForImages(1);
    expect(await playground.opened.scrollsSideways()).toBe(false);
    const button = page().getByRole('button', { name: /^Generate/ }).filter({ visible: true });
    await button.click({ trial: true });
    for (const view of ['Edit', 'Gallery']) {
      await page().getByRole('link', { name: view }).click();
      await page().locator('main[aria-busy=true]').waitFor({ state: 'detached' });
      expect([view, await playground.opened.scrollsSideways()]).toEqual([view, false]);
    }
  });

  it('has targets for fingers, and for a mouse', async () => {
    for (const [phone, minimum] of [[true, 44], [false, 24]] as const) {
      await playground.connected({ phone, fragment: '#/create?n=1' });
      await playground.opened.generate('a harbour at dawn');
      await playground.opened.waitForImages(1);
      const small: string[] = [];
      for (const view of ['Create', 'Edit', 'Gallery']) {
        await page().getByRole('link', { name: view }).click();
        await page().locator('main[aria-busy=true]').waitFor({ state: 'detached' });
        for (const target of await page().locator('button:visible, a.icon-btn:visible, select:visible').all()) {
          const box = await target.boundingBox();
          // shapes are drawings in one row, with a smaller minimum; a link in a sentence has the height of its line
          const isInline = await target.evaluate((element) => (element as unknown as { matches(selector: string): boolean }).matches('.shape, .link, .meter, .thumbnail'));
          if (box && box.height < (isInline ? 20 : minimum) - 0.5) small.push(`${view}: ${await target.innerText() || await target.getAttribute('aria-label')} ${box.height}`);
        }
      }
      expect([phone, small]).toEqual([phone, []]);
      if (phone) await playground.opened.close();
    }
  });

  it('shows what is selected in forced colors, and strengthens lines with more contrast', async () => {
    await playground.connected();
    const style = (selector: string, property: string) => page().locator(selector).first().evaluate((element, name) => {
      const { getComputedStyle } = globalThis as unknown as { getComputedStyle(of: unknown): { getPropertyValue(property: string): string } };
      return getComputedStyle(element).getPropertyValue(name);
    }, property);
    expect(await style('.shape[aria-checked=true]', 'outline-style')).toBe('none');
    await page().emulateMedia({ forcedColors: 'active' });
    for (const selector of ['.shape[aria-checked=true]', '.chip[aria-checked=true]', '.tabs a[aria-current]']) {
      expect([selector, await style(selector, 'outline-style')]).toEqual([selector, 'solid']);
    }
    await page().emulateMedia({ forcedColors: 'none', contrast: 'more' });
    expect(await style('html', '--line')).toBe(await style('html', '--line-strong'));
    expect(await playground.opened.violations()).toEqual([]);
  });
});
