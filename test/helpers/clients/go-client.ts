import * as fs from 'node:fs';
import * as path from 'node:path';
import { downloadError } from '../../../local/cli/local-run-error';
import { installOnce } from '../../../local/install/install-once';
import { STATE } from '../../../local/processes/paths';
import { processes, program, type Sdk, start, steps } from '../e2e/sdks';

const SOURCE = program('go');
const FILES = ['go.mod', 'go.sum', 'main.go'].map((name) => path.join(SOURCE, name));
/** The Go module of the SDK. */
const MODULE = /^require (\S+) (\S+)$/m;

/** The module and version in go.mod. */
export function goModule(): string {
  const [, name, version] = MODULE.exec(fs.readFileSync(path.join(SOURCE, 'go.mod'), 'utf8')) ?? [];
  return `${name}@${version}`;
}

/** Builds the program with the modules of go.sum and starts it. */
export async function openAiForGo(): Promise<Sdk> {
  const folder = await installOnce({
    name: 'openai-go',
    title: `${goModule()} (50 MB, compiles for minutes)`,
    pins: FILES.map((file) => fs.readFileSync(file, 'utf8')).join('\n'),
    install: async (target, progress) => {
      const buildCache = path.join(target, 'build');
      const modules = { GOTOOLCHAIN: 'local', GOMODCACHE: path.join(STATE, 'go-modules'), GOFLAGS: '-modcacherw -buildvcs=false' };
      const args = ['build', '-v', '-o', path.join(target, 'client'), '.'];
      const { code, output } = await processes.run('go', args, { cwd: SOURCE, env: { ...process.env, ...modules, GOCACHE: buildCache }, onLine: progress });
      if (code !== 0) throw downloadError('the OpenAI SDK for Go', output, `go ${args.join(' ')}`);
      // 400 MB, most of them the standard library of Go
      fs.rmSync(buildCache, { recursive: true, force: true });
    },
  }, steps);
  return start(path.join(folder, 'client'));
}
