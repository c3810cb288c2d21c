// Measures the page of ImagePlayground with Lighthouse, and writes a dated report: the built page with the headers and the compression of
// CloudFront, without an API. Each row is the median of five runs.
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { markdownTable } from './markdown-table';
import { type PlaygroundAuth } from '../../src/private/contract/playground';
import { summarize, type Summary } from '../../test/bench/report/statistics';
import { requireChromium } from '../../test/helpers/e2e/browser';
import { startStaticPlayground } from '../../test/helpers/static-playground';

/** The last version that runs on Node.js 20. */
const LIGHTHOUSE = 'lighthouse@12.8.2';
const RUNS = 5;
const ATTEMPTS = 3;
const MINIMUMS = { 'accessibility': 95, 'best-practices': 95, 'performance': 90 } as const;
type Category = keyof typeof MINIMUMS;
const CATEGORIES = Object.keys(MINIMUMS) as readonly Category[];
const DEVICES = { phone: [], desktop: ['--preset=desktop'] } as const;

interface Screen {
  readonly name: string;
  readonly auth: PlaygroundAuth;
  readonly fragment: string;
}

const SCREENS: readonly Screen[] = [
  { name: 'First screen with an API key', auth: { type: 'apiKey' }, fragment: '' },
  { name: 'Create', auth: { type: 'none' }, fragment: '' },
  { name: 'Edit', auth: { type: 'none' }, fragment: '#/edit' },
  { name: 'Batch', auth: { type: 'none' }, fragment: '#/batch' },
];

interface Row {
  readonly screen: string;
  readonly device: string;
  readonly scores: Readonly<Record<Category, Summary>>;
  /** Audits that are not passed in the last run. */
  readonly failed: readonly string[];
}

interface CategoryResult {
  readonly score: number;
  readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
}

interface LighthouseResult {
  readonly categories: Readonly<Record<Category, CategoryResult>>;
  readonly audits: Readonly<Record<string, { readonly score: number | null; readonly displayValue?: string }>>;
}

/** Runs Lighthouse once. On a busy machine, it sometimes misses the start of the page (`NO_NAVSTART`), and is run again. */
async function run(url: string, device: readonly string[], folder: string, attempt = 1): Promise<LighthouseResult> {
  const file = path.join(folder, 'result.json');
  const sandbox = process.getuid?.() === 0 ? ' --no-sandbox' : '';
  const args = [
    '--yes', LIGHTHOUSE, url, '--quiet', '--output=json', `--output-path=${file}`, `--only-categories=${CATEGORIES.join()}`,
    `--chrome-flags=--headless=new${sandbox}`, ...device,
  ];
  try {
    await promisify(execFile)('npx', args, { env: { ...process.env, CHROME_PATH: requireChromium() }, maxBuffer: 1e8 });
  } catch (error) {
    if (attempt === ATTEMPTS || !String(error).includes('NO_NAVSTART')) throw error;
    return run(url, device, folder, attempt + 1);
  }
  return JSON.parse(fs.readFileSync(file, 'utf8')) as LighthouseResult;
}

function failedAudits({ categories, audits }: LighthouseResult): string[] {
  const ids = CATEGORIES.flatMap((category) => categories[category].auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id));
  return [...new Set(ids)].filter((id) => audits[id].score !== null && audits[id].score < 0.9).map((id) => `${id}${audits[id].displayValue ? ` (${audits[id].displayValue})` : ''}`);
}

async function measure(): Promise<readonly Row[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lighthouse-'));
  const rows: Row[] = [];
  try {
    for (const { name, auth, fragment } of SCREENS) {
      const page = await startStaticPlayground(auth);
      try {
        for (const [device, options] of Object.entries(DEVICES)) {
          const results: LighthouseResult[] = [];
          for (let index = 0; index < RUNS; index++) results.push(await run(`${page.url}/${fragment}`, options, folder));
          const scoresOf = (category: Category) => summarize(results.map(({ categories }) => Math.round(categories[category].score * 100)));
          const scores = { 'accessibility': scoresOf('accessibility'), 'best-practices': scoresOf('best-practices'), 'performance': scoresOf('performance') };
          rows.push({ screen: name, device, scores, failed: failedAudits(results[RUNS - 1]) });
          console.log(`${name}, ${device}: ${CATEGORIES.map((category) => `${category} ${scores[category].median}`).join(', ')}`);
        }
      } finally {
        await page.close();
      }
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
  return rows;
}

function render(rows: readonly Row[], problems: readonly string[], date: string): string {
  const cell = ({ min, median, max }: Summary) => (min === max ? `${median}` : `${median} (${min} to ${max})`);
  return `${[
    `# Lighthouse, ${date}`,
    `\`npm run check:slow lighthouse\`: ${LIGHTHOUSE}, medians of ${RUNS} runs, of the built page with the headers and the compression of CloudFront, from this machine. The phone is the `
      + 'one that Lighthouse simulates: a slow 4G network and a processor that is four times slower. '
      + `Required are ${CATEGORIES.map((category) => `${MINIMUMS[category]} for ${category}`).join(', ')}. ${problems.length === 0 ? 'All are reached.' : `Not reached: ${problems.join('; ')}.`}`,
    markdownTable(['Screen', 'Device', 'Accessibility', 'Best practices', 'Performance', 'Audits below 90'], rows.map(({ screen, device, scores, failed }) => [
      screen, device, cell(scores.accessibility), cell(scores['best-practices']), cell(scores.performance), failed.map((audit) => `\`${audit}\``).join(', ') || 'none',
    ])),
  ].join('\n\n')}\n`;
}

/** Returns whether all medians reach their minimums. */
export async function lighthouseReport(date: string): Promise<boolean> {
  const rows = await measure();
  const problems = rows.flatMap(({ screen, device, scores }) => CATEGORIES.filter((category) => scores[category].median < MINIMUMS[category])
    .map((category) => `${category} of ${screen} on a ${device}, ${scores[category].median}`));
  const file = `docs/reports/${date}-lighthouse.md`;
  fs.writeFileSync(file, render(rows, problems, date));
  console.log(`wrote ${file}`);
  return problems.length === 0;
}
