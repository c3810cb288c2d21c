// Renders the screenshots of the playground for the documentation to docs/images/playground: a local run of examples/playground, with a fixed
// clock, fixed seeds and the font Inter. usage: tsx screenshots.ts [names...]
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type LocalApp, startLocalApp } from '../../local/run-app';
import { requireChromium } from '../../test/helpers/e2e/browser';
import { connect, contextOptions } from '../../test/helpers/e2e/playground-page';
import { type Shot, SHOTS, type Stage } from '../playground/shots';

const OUTPUT = path.join('docs', 'images', 'playground');
const FONTS = path.join('node_modules', '@expo-google-fonts', 'inter');
/** The time that the page and its images show. It is before the time of the local run, so that no link has expired. */
const NOW = new Date('2026-11-21T09:24:00Z');
const DAY_MS = 86_400_000;
const QUALITY = 82;

/** Writes a configuration that renders all texts in Inter: without one, the font depends on the machine. */
function fontConfiguration(folder: string): string {
  const file = path.join(folder, 'fonts.conf');
  const alias = (family: string) => `<alias binding="same"><family>${family}</family><prefer><family>Inter</family></prefer></alias>`;
  fs.writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${path.resolve(FONTS)}</dir><dir>/usr/share/fonts</dir>
<cachedir>${path.join(folder, 'cache')}</cachedir>${['system-ui', 'sans-serif', 'Segoe UI', 'Noto Sans', 'Liberation Sans'].map(alias).join('')}</fontconfig>`);
  return file;
}

/** Replaces the times in responses: those of the local run differ each time. */
async function fixTimes(page: Page): Promise<void> {
  const times = { createdAt: NOW, completedAt: new Date(NOW.getTime() + 4_300), imageExpiresAt: new Date(NOW.getTime() + 30 * DAY_MS) };
  await page.route('**/api/images**', async (route) => {
    const response = await route.fetch();
    const text = (await response.text()).replace(/"(createdAt|completedAt|imageExpiresAt)":"[^"]+"/g, (_, name: keyof typeof times) => `"${name}":"${times[name].toISOString()}"`);
    await route.fulfill({ response, body: text });
  });
}

async function render(shot: Shot, browser: Browser, { outputs }: LocalApp): Promise<Buffer> {
  const { phone, fragment, act } = shot;
  const context = await browser.newContext({ ...contextOptions(shot), deviceScaleFactor: phone ? 2 : 1, timezoneId: 'UTC' });
  try {
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW);
    await fixTimes(page);
    await page.goto(`${outputs.playgroundUrl}/${fragment}`);
    if (shot.name.startsWith('sign-in')) await page.getByLabel('API key').waitFor();
    else await connect(page, outputs.apiKeys.alice);
    await act?.(stageOf(page, outputs.controlUrl));
    // no tool and no ring of the focus of the last step
    await page.mouse.move(1, 300);
    if (act && !shot.name.startsWith('edit')) await page.evaluate(() => (globalThis as unknown as { document: { activeElement?: { blur(): void } } }).document.activeElement?.blur());
    await page.waitForLoadState('networkidle');
    return await page.screenshot();
  } finally {
    await context.close();
  }
}

function stageOf(page: Page, controlUrl: string): Stage {
  return {
    page,
    generate: () => page.locator('textarea[data-prompt]:visible').press('Control+Enter'),
    images: (count) => page.locator('.tile img').nth(count - 1).waitFor(),
    async model(mode, times) {
      await fetch(`${controlUrl}/mode`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ mode, ...(times && { times }) }) });
    },
  };
}

async function toWebp(png: Buffer): Promise<Buffer> {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.encode('webp', QUALITY);
}

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'screenshots-'));
  const app = await startLocalApp({ app: 'examples/playground', playground: true, log: console.log });
  const isRoot = process.getuid?.() === 0;
  const env = { ...process.env as Record<string, string>, FONTCONFIG_FILE: fontConfiguration(folder) };
  const browser = await chromium.launch({ executablePath: requireChromium(), args: isRoot ? ['--no-sandbox'] : [], env });
  try {
    fs.mkdirSync(OUTPUT, { recursive: true });
    for (const shot of SHOTS) {
      const image = await toWebp(await render(shot, browser, app));
      if (names.length > 0 && !names.includes(shot.name)) continue;
      fs.writeFileSync(path.join(OUTPUT, `${shot.name}.webp`), image);
      console.log(`${shot.name}: ${(image.length / 1024).toFixed(0)} KiB`);
    }
  } finally {
    await browser.close();
    await app.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

void main();
