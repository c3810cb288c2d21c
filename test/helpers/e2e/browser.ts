import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Set it to the executable of another Chromium. */
const VARIABLE = 'CHROMIUM_PATH';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Returns the executable of Chromium or Chrome, or undefined if there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = [env[VARIABLE] ?? '', ...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))), MAC_CHROME, chromium.executablePath()];
  return candidates.find((candidate) => candidate !== '' && fs.existsSync(candidate));
}

/** Returns the executable of Chromium or Chrome. Throws with the remedy if there is none, because the tests are never skipped. */
export function requireChromium(env: NodeJS.ProcessEnv = process.env): string {
  const found = findChromium(env);
  if (found) return found;
  throw new Error(
    'the tests of the playground need Chromium, which was not found; install it (`sudo apt-get install chromium`, or `npx playwright-core install chromium`), '
    + `or set ${VARIABLE} to the executable of Chromium or Chrome`,
  );
}

/** Starts a browser without a window. As root, as in containers, Chromium has no sandbox. */
export function startBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: requireChromium(), args: isRoot ? ['--no-sandbox'] : [], timeout: 120_000 });
}
