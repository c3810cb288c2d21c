// Runs the construct tests with another aws-cdk-lib version (default: latest) in a temporary copy, so that the lockfile does not change.
// usage: tsx test-cdk-latest.ts [--cdk VERSION] [jest arguments...]
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const COPY = '.compat';
const COPIED = [
  'src', 'docs', 'test', 'assets', 'local', 'examples', 'rosetta', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'API.md', '.ci',
  'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.dev.json', 'projenrc', '.projenrc.ts',
];
const GENERATED = ['node_modules', 'cdk.out'];

const args = process.argv.slice(2);
const version = args[0] === '--cdk' ? args.splice(0, 2)[1] : 'latest';
// The validation of templates takes more time than synthesis. test/cdk-latest/template-validation.test.ts enables it.
const env = { ...process.env, CDK_VALIDATION: 'false' };
const run = (command: string, commandArgs: string[], cwd = COPY) => execFileSync(command, commandArgs, { cwd, env, stdio: 'inherit' });

fs.rmSync(COPY, { recursive: true, force: true });
const filter = (file: string) => !GENERATED.includes(path.basename(file));
for (const name of COPIED) fs.cpSync(name, path.join(COPY, name), { recursive: true, filter });
// Hard links are fast, and safe because npm replaces whole packages.
run('cp', ['-al', 'node_modules', path.join(COPY, 'node_modules')], '.');
run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--silent', `aws-cdk-lib@${version}`, 'constructs@^10']);
const installed = JSON.parse(fs.readFileSync(path.join(COPY, 'node_modules/aws-cdk-lib/package.json'), 'utf8')) as { version: string };
console.log(`aws-cdk-lib ${installed.version}`);
run('npx', ['tsc', '--noEmit', '-p', 'tsconfig.json']);
// Tests that do not use the CDK do not run again.
const IGNORED = ['/test/(handlers|local|playground|projenrc|smoke|e2e|packages|public-api|private/contract)/', '/test/docs/(?!snippets)', '/node_modules/'];
run('npx', ['jest', '--ci', '--maxWorkers=2', ...args, '--testPathIgnorePatterns', ...IGNORED]);
