import { ERRORS, type ErrorCode } from '../../../src/private/contract/errors';
import { pageProblem } from '../../fixtures/playground-tiles';
import { LOOKS } from '../../helpers/e2e/looks';
import { usePlayground } from '../../helpers/e2e/use-playground';

/** The dialog with the credentials covers the tiles. */
const CODES = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => code !== 'UNAUTHENTICATED');
const DETAIL = 'must be a value that the model has, and this sentence is as long as one of the longest that the API returns, got "something else"';
const PER_RUN = 4;

/** What the test needs of an element. */
interface Box {
  readonly scrollHeight: number;
  readonly clientHeight: number;
  readonly innerText: string;
}

/** What a tile says without an image, for each error of the API, in the widest and the tallest shape. */
describe('a tile without an image', () => {
  const playground = usePlayground({ app: 'examples/quickstart' });

  describe.each(LOOKS)('on a %s', (_, look) => {
    it.each(['21:9', '1:1', '9:21'])('has its text and its buttons within the shape %s, and no violation of axe', async (ratio) => {
      const { page } = await playground.connected({ ...look, fragment: `#/create?ratio=${ratio}&n=${PER_RUN}` });
      const waiting = [...CODES];
      await page.route('**/api/images', async (route) => {
        const code = waiting.shift();
        if (code === undefined) return route.abort();
        const problem = pageProblem(code, { detail: DETAIL, charged: 'maybe' });
        return route.fulfill({ status: problem.status, contentType: 'application/problem+json', body: JSON.stringify(problem), headers: { 'retry-after': '600' } });
      });
      const runs = Math.ceil(CODES.length / PER_RUN);
      for (let run = 1; run <= runs; run++) {
        await playground.opened.generate(`prompt ${run}`);
        await page.locator('.tile .state').nth(run * PER_RUN - 1).waitFor();
      }
      const states = await page.locator('.tile .state').evaluateAll((elements) => elements.map((element) => {
        const { scrollHeight, clientHeight, innerText } = element as unknown as Box;
        const { getComputedStyle } = globalThis as unknown as { getComputedStyle(of: unknown): { readonly overflowY: string } };
        return { isCut: scrollHeight > clientHeight + 1, scrolls: getComputedStyle(element).overflowY === 'auto', text: innerText };
      }));
      // the small tiles of phones can be scrolled
      expect(states.filter(({ isCut, scrolls }) => isCut && !(look.phone && scrolls)).map(({ text }) => text)).toEqual([]);
      for (const button of await page.locator('.tile .state button').all()) await button.click({ trial: true });
      expect(states.length).toBeGreaterThanOrEqual(CODES.length);
      expect(await playground.opened.violations()).toEqual([]);
      expect(await playground.opened.scrollsSideways()).toBe(false);
    });
  });
});
