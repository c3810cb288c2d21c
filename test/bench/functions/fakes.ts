import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { REPOSITORY } from '../../../local/processes/paths';
import { type Control, type FakesState } from '../fakes/control';

/** The fakes of the AWS services, in their own process. */
export interface Fakes {
  readonly url: string;
  /** Changes the state of the fakes and returns it. */
  control(control?: Control): Promise<FakesState>;
  stop(): void;
}

const MAIN = path.join(__dirname, '../fakes/main.ts');

/** Starts the fakes. */
export async function startFakes(): Promise<Fakes> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], { cwd: REPOSITORY, stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())));
    child.once('exit', (code) => reject(new Error(`the fakes of the AWS services do not start: exit code ${code}`)));
    child.once('error', reject);
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    control: async (control = {}) => {
      const response = await fetch(`${url}/control`, { method: 'POST', body: JSON.stringify(control) });
      return await response.json() as FakesState;
    },
    stop: () => void child.kill(),
  };
}
