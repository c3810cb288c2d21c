import { spawn } from 'node:child_process';

export interface SmokeReport {
  readonly status: number | null;
  readonly report: string;
  readonly errors: string;
  /** Result of each check, by title. */
  readonly results: Readonly<Record<string, string>>;
}

/** Runs the smoke test as a user does. */
export async function smokeTest(args: readonly string[]): Promise<SmokeReport> {
  const process_ = spawn(process.execPath, ['smoke/smoke.mjs', ...args], { env: { PATH: process.env.PATH } });
  let [report, errors] = ['', ''];
  process_.stdout.on('data', (chunk: Buffer) => { report += chunk.toString(); });
  process_.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
  const status = await new Promise<number | null>((resolve) => { process_.on('close', resolve); });
  const rows = report.split('\n').filter((line) => /^\| (?!Check|-)/.test(line)).map((line) => line.split(' | '));
  return { status, report, errors, results: Object.fromEntries(rows.map(([title, result]) => [title.replace(/^\| /, ''), result])) };
}
