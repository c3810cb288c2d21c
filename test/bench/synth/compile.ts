import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const FOLDERS = ['src', 'test/bench/synth'];
/** The handlers are not part of the construct, and the tests and this program do not run in the measured process. */
const SKIPPED = /^src\/handlers\/|\.test\.ts$|\/(compile|measure-synth)\.ts$/;

/**
 * Compiles the construct and the compared stacks to CommonJS, with the target of the package, and copies the assets beside them. Returns the
 * compiled `test/bench/synth`. Compiling takes more time than synthesis, so that it must not run in the measured process.
 */
export function compileStacks(root: string, outdir: string): string {
  fs.rmSync(outdir, { recursive: true, force: true });
  for (const folder of FOLDERS) {
    for (const name of fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) compile(root, outdir, `${folder}/${name}`);
  }
  fs.cpSync(path.join(root, 'assets'), path.join(outdir, 'assets'), { recursive: true });
  return path.join(outdir, 'test', 'bench', 'synth');
}

function compile(root: string, outdir: string, file: string): void {
  if (!file.endsWith('.ts') || SKIPPED.test(file)) return;
  const { outputText } = ts.transpileModule(fs.readFileSync(path.join(root, file), 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  });
  const compiled = path.join(outdir, file.replace(/\.ts$/, '.js'));
  fs.mkdirSync(path.dirname(compiled), { recursive: true });
  fs.writeFileSync(compiled, outputText);
}
