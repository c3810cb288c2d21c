import * as fs from 'node:fs';
import * as path from 'node:path';
import { imageSize } from 'image-size';
import { SHOTS } from '../../projenrc/playground/shots';
import { linkTargets, readPages, ROOT } from '../helpers/markdown';

const FOLDER = path.join(ROOT, 'docs/images/playground');
const MAX_TOTAL_BYTES = 1_500_000;
const PIXELS = { desktop: { width: 1440, height: 900 }, phone: { width: 780, height: 1688 } };

describe('the screenshots of the playground', () => {
  const files = fs.readdirSync(FOLDER);

  it('are exactly those that the script renders', () => {
    expect(files.sort()).toEqual(SHOTS.map(({ name }) => `${name}.webp`).sort());
  });

  it.each(SHOTS)('$name has its size, and is shown in the documentation', ({ name, phone }) => {
    const { width, height, type } = imageSize(fs.readFileSync(path.join(FOLDER, `${name}.webp`)));
    expect({ width, height, type }).toEqual({ ...(phone ? PIXELS.phone : PIXELS.desktop), type: 'webp' });
    const targets = readPages(['README.md', 'docs/playground.md']).flatMap((page) => [...linkTargets(page), ...[...page.text.matchAll(/src="([^"]+)"/g)].map(([, src]) => src)]);
    expect(targets.filter((target) => target.endsWith(`images/playground/${name}.webp`)).length).toBeGreaterThanOrEqual(1);
  });

  it('show light and dark, phone and desktop, and are on the first screen of the README', () => {
    const looks = SHOTS.map(({ phone = false, dark = false }) => `${phone} ${dark}`);
    expect([...new Set(looks)].sort()).toEqual(['false false', 'false true', 'true false', 'true true']);
    const [{ text }] = readPages(['README.md']);
    expect(text.split('\n').slice(0, 12).join('\n')).toContain('images/playground/create-light.webp');
  });

  it('are small', () => {
    expect(files.reduce((sum, file) => sum + fs.statSync(path.join(FOLDER, file)).size, 0)).toBeLessThan(MAX_TOTAL_BYTES);
  });
});
