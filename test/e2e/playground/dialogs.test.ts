import { type PageOptions } from '../../helpers/e2e/playground-page';
import { usePlayground } from '../../helpers/e2e/use-playground';

/** Shifts below this are rounding of the browser. */
const MAX_SHIFT = 0.001;

type Look = Omit<PageOptions, 'url'>;

/** Dialogs, menus and messages, in each theme and size; and that nothing moves. */
describe('the playground', () => {
  const playground = usePlayground({ app: 'examples/models' });
  const page = () => playground.opened.page;

  describe.each([
    ['desktop, light', {}], ['desktop, dark', { dark: true }], ['phone, light', { phone: true }], ['phone, dark', { phone: true, dark: true }],
  ])('on a %s', (_, look: Look) => {
    it('has no violation of axe in an open dialog or menu, and returns the focus when it closes', async () => {
      await playground.connected(look);
      await playground.opened.generate('a harbour at dawn');
      await playground.opened.waitForImages(1);
      const found: Record<string, unknown> = {};
      const check = async (name: string, opener: ReturnType<typeof menu>, isDialog = true) => {
        await opener.click();
        const opened = page().locator(isDialog ? 'dialog[open]' : '.menu:popover-open');
        await opened.waitFor();
        found[name] = await playground.opened.violations();
        await page().keyboard.press('Escape');
        await opened.waitFor({ state: 'hidden' });
        expect([name, await page().locator('body:focus').count(), await page().locator(':focus').count()]).toEqual([name, 0, 1]);
      };
      const menu = (name: string) => page().getByRole('button', { name, exact: true }).filter({ visible: true });
      const item = (name: string) => page().locator('.menu:popover-open').getByRole('button', { name, exact: true });
      await check('account menu', menu('Account and settings'), false);
      await check('run menu', menu('More').first(), false);
      await check('tile menu', menu('More').last(), false);
      await check('meter', page().locator('.meter'), false);
      await menu('Account and settings').click();
      await check('shortcuts', item('Keyboard shortcuts'));
      if (look.phone) {
        await check('settings', page().locator('.dock .btn.ghost').first());
        await menu('More').first().click();
        await check('code', item('Code'));
      } else {
        await check('code', menu('Code'));
      }
      await check('details', page().locator('.tile a.frame'));
      await menu('More').last().click();
      await check('delete', item('Delete'));
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
      expect(Object.keys(found).length).toBeGreaterThanOrEqual(8);
    });

    it('does not move while images arrive, fail and are listed', async () => {
      await playground.connected({ ...look, fragment: '#/create?n=4&ratio=3:2' });
      await playground.client.setModelMode('slow', { delayMs: 600 });
      await playground.opened.generate('a harbour at dawn');
      await playground.opened.waitForImages(4);
      await playground.client.setModelMode('filter-prompt', { times: 2 });
      await playground.opened.generate('a market');
      await page().getByText('2 of 4 ready, 2 filtered').first().waitFor();
      await page().locator('.tile img').nth(5).waitFor();
      expect(await playground.opened.layoutShift()).toBeLessThan(MAX_SHIFT);
    });
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
