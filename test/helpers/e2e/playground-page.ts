import * as fs from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: { readonly html: string; readonly failureSummary?: string }[];
}

/** What the harness needs of the browser's global objects: this program has no types of the DOM. */
interface Globals {
  readonly axe: { run(context: unknown, options: object): Promise<{ violations: Violation[] }> };
  readonly document: { readonly scrollingElement: { readonly scrollWidth: number; readonly clientWidth: number } };
  layoutShift: number;
  readonly localStorage: object;
  readonly sessionStorage: object;
}

export interface PageOptions {
  readonly url: string;
  /** Fragment of the URL. */
  readonly fragment?: string;
  readonly phone?: boolean;
  readonly dark?: boolean;
  /** URL of the user pool, to which the page sends requests as well. */
  readonly userPoolUrl?: string;
}

const VIOLATION = /Content Security Policy|TrustedHTML|TrustedScript/;

interface LayoutShift {
  readonly value: number;
  readonly hadRecentInput: boolean;
}

/** Adds up layout shifts in the page. */
function observe(): void {
  const globals = globalThis as unknown as Globals & {
    readonly PerformanceObserver: new (call: (list: { getEntries(): LayoutShift[] }) => void) => { observe(options: object): void };
  };
  globals.layoutShift = 0;
  new globals.PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) globals.layoutShift += value;
  }).observe({ type: 'layout-shift', buffered: true });
}

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** A test waits for the API, which is slow on a busy machine. */
const TIMEOUT_MS = 60_000;

/** Returns the window and theme of a page. */
export function contextOptions({ phone = false, dark = false }: Pick<PageOptions, 'phone' | 'dark'>): BrowserContextOptions {
  return { viewport: phone ? PHONE : DESKTOP, isMobile: phone, hasTouch: phone, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce', locale: 'en-GB' };
}

/** Opens the playground with an API key. */
export async function connect(page: Page, key: string): Promise<void> {
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Open the playground' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

/** The page of the playground in a browser, with its console and its requests. */
export class PlaygroundPage {
  public static async open(browser: Browser, { url, fragment = '', phone, dark, userPoolUrl }: PageOptions): Promise<PlaygroundPage> {
    const context = await browser.newContext(contextOptions({ phone, dark }));
    context.setDefaultTimeout(TIMEOUT_MS);
    await context.addInitScript(observe);
    const origins = [url, ...userPoolUrl === undefined ? [] : [userPoolUrl]].map((each) => new URL(each).origin);
    const opened = new PlaygroundPage(context, await context.newPage(), origins);
    await opened.page.goto(`${url}/${fragment}`);
    return opened;
  }

  /** Texts of the console and of errors that were not caught. */
  public readonly console: string[] = [];

  /** What no page may do: errors, violations of its policy, requests to other hosts. */
  private readonly faults: string[] = [];

  private constructor(public readonly context: BrowserContext, public readonly page: Page, private readonly origins: readonly string[]) {
    page.on('console', (message) => {
      const text = `${message.type()}: ${message.text()}`;
      this.console.push(text);
      if (VIOLATION.test(text)) this.faults.push(text);
    });
    page.on('pageerror', (error) => {
      this.console.push(`error: ${error.message}`);
      this.faults.push(`error that was not caught: ${error.message}`);
    });
    page.on('request', (request) => {
      const { origin: to, protocol } = new URL(request.url());
      if (!this.origins.includes(to) && protocol !== 'blob:' && protocol !== 'data:' && request.resourceType() !== 'document' && this.isOfPage(request.frame().url())) {
        this.faults.push(`request to another host: ${to}`);
      }
    });
  }

  /** Sum of the layout shifts that no input has caused, since the page was loaded. */
  public async layoutShift(): Promise<number> {
    // the browser reports shifts after the frame
    return this.page.evaluate(() => new Promise<number>((resolve) => {
      setTimeout(() => resolve((globalThis as unknown as Globals).layoutShift), 200);
    }));
  }

  private isOfPage(url: string): boolean {
    return url.startsWith(`${this.origins[0]}/`);
  }

  public connect(key: string): Promise<void> {
    return connect(this.page, key);
  }

  /** The prompt of the form, or of the dock on narrow windows. */
  public get prompt(): Locator {
    return this.page.locator('textarea[data-prompt]:visible');
  }

  /** Requests images of a prompt with Ctrl and Enter. */
  public async generate(prompt: string): Promise<void> {
    await this.prompt.fill(prompt);
    await this.prompt.press('Control+Enter');
  }

  /** Waits for a number of images that are loaded. Throws with what the tiles say if they do not arrive. */
  public async waitForImages(count: number): Promise<void> {
    try {
      await this.page.locator('.tile img').nth(count - 1).waitFor();
    } catch (error) {
      throw new Error(`${count} images did not arrive; the tiles say: ${JSON.stringify(await this.page.locator('.tile').allInnerTexts())}`, { cause: error });
    }
    await this.page.waitForLoadState('networkidle');
  }

  /** Violations of axe, as texts. */
  public async violations(): Promise<string[]> {
    // the policy of the page blocks a script element; evaluate is not subject to it
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate(async () => {
      const { axe, document } = globalThis as unknown as Globals;
      return (await axe.run(document, { resultTypes: ['violations'] })).violations;
    });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`);
  }

  /** What is not as each view must be: violations of axe, sideways scrolling, and another number of primary buttons than one. */
  public async viewFaults(): Promise<string[]> {
    const primary = await this.page.locator('.btn.primary:visible').count();
    return [
      ...await this.violations(),
      ...await this.scrollsSideways() ? ['the document is wider than the window'] : [],
      ...primary === 1 ? [] : [`${primary} primary buttons`],
    ];
  }

  /** Everything that the page could have stored, and its URL. */
  public async traces(): Promise<string> {
    const stored = await this.page.evaluate(() => {
      const { localStorage, sessionStorage } = globalThis as unknown as Globals;
      return JSON.stringify([localStorage, sessionStorage]);
    });
    return [stored, JSON.stringify(await this.context.cookies()), this.page.url(), ...this.console].join('\n');
  }

  /** Whether the document is wider than the window. */
  public async scrollsSideways(): Promise<boolean> {
    return this.page.evaluate(() => {
      const { document: { scrollingElement } } = globalThis as unknown as Globals;
      return scrollingElement.scrollWidth > scrollingElement.clientWidth;
    });
  }

  /** Closes the page. Throws if it did what no page may do, also if the test has passed. */
  public async close(): Promise<void> {
    await this.context.close();
    if (this.faults.length > 0) throw new Error(`the page has faults:\n${[...new Set(this.faults)].join('\n')}`);
  }
}
