// Installs Chromium for the tests of the playground if there is none: from the packages of Debian as root, otherwise the build of Playwright.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { findChromium, requireChromium } from './browser';

/** Commands that install Chromium, in the order in which they are tried. */
function commands(): string[][][] {
  const isDebian = fs.existsSync('/etc/debian_version') && process.getuid?.() === 0;
  const install = ['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'chromium'];
  return [...isDebian ? [[['apt-get', 'update', '-q'], install]] : [], [['npx', 'playwright-core', 'install', 'chromium']]];
}

if (!findChromium()) {
  console.log('Installing Chromium (first use, about 400 MB)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const steps of commands()) {
    const isInstalled = steps.every(([command, ...args]) => spawnSync(command, args, { stdio: 'inherit', env }).status === 0);
    if (isInstalled && findChromium()) break;
  }
}
console.log(`Chromium: ${requireChromium()}`);
