import * as fs from 'node:fs';
import * as path from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { imageSize } from 'image-size';
import { buildPackage } from '../../local/app/build-package';
import { findApp } from '../../local/app/find-app';
import { prepareLanguagePackage } from '../../local/app/prepare-language';
import { synthesize } from '../../local/app/synthesize';
import { Steps } from '../../local/cli/steps';
import { closeClients, createClients } from '../../local/emulator/clients';
import { REPOSITORY } from '../../local/processes/paths';
import { Processes } from '../../local/processes/processes';
import { type Template } from '../../local/template/template';
import { ApiAuth } from '../../src';
import { type Block, codeBlocks, type Page, readPages } from '../helpers/markdown';
import { scriptOf, startEmulatedAws, walk } from '../helpers/packages/walkthrough';
import { synth } from '../helpers/stack';
import { temporaryFolder, writeProgram } from '../helpers/temporary-files';

// A new user has an empty folder, and what the README and docs/getting-started.md say. These tests run their commands and apps.

const [README] = readPages(['README.md']);
const [GETTING_STARTED] = readPages(['docs/getting-started.md']);
const { repository } = JSON.parse(fs.readFileSync(path.join(REPOSITORY, 'package.json'), 'utf8')) as { repository: { url: string } };

/** Returns the blocks between two headings. */
function section({ file, text }: Page, heading: string): Block[] {
  const start = text.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`${file} has no heading ${heading}`);
  const end = text.slice(start + 1).search(new RegExp(`\n#{1,${heading.indexOf(' ')}} `));
  const lines = text.slice(0, start).replaceAll(/[^\n]/g, '');
  return codeBlocks({ file, text: lines + text.slice(start, end < 0 ? undefined : start + 1 + end) });
}

const LOCAL = section(README, '## The first image on this machine');
const AWS = section(README, '## The first image on AWS').filter(({ language }) => language !== 'json');
const PACK = section(GETTING_STARTED, '### Before the first release');
const CLEAN_UP = section(GETTING_STARTED, '## Clean up');
/** Each language has a block of commands and its files; the first is TypeScript, whose commands continue below the others. */
const starts = AWS.flatMap(({ code }, index) => (code.startsWith('mkdir') ? index : []));
const files = (index: number) => AWS.slice(starts[index]).findIndex(({ file }, offset) => offset > 0 && file === undefined);
const app = (index: number) => AWS.slice(starts[index], starts[index] + files(index));
const [TYPESCRIPT, PYTHON, JAVA] = [app(0), app(1), app(2)];
const DEPLOY = AWS.slice(starts[2] + files(2));

/** Returns the command that installs the packed file of a language, as docs/getting-started.md says. */
function installCommand(language: string): string {
  const [, command] = new RegExp(`^\\| ${language} \\| \`([^\`]+)\``, 'm').exec(GETTING_STARTED.text) ?? [];
  if (!command) throw new Error(`docs/getting-started.md does not say how to install the file for ${language}`);
  return command;
}

/** Installs the packed file instead of the package by its name. */
function withPackedFile(blocks: readonly Block[], language: string): Block[] {
  const command = installCommand(language);
  const [{ code, ...first }, ...others] = blocks;
  const replaced = code.replace(/^(npm|pip) install cdk-genai-image-api\b.*$/m, () => command);
  // a Java app installs the package when it is compiled
  if (replaced === code && language !== 'Java') throw new Error(`${first.at} does not install the package`);
  return [{ ...first, code: language === 'Java' ? `${code}${command}\n` : replaced }, ...others];
}

const processes = new Processes();
afterAll(() => processes.stopAll());

/** Packs the package for the language of an app unless it is up to date, and returns the environment of an app with its packages. */
const prepare = (appFolder: string) => prepareLanguagePackage(findApp(appFolder), processes, Steps.toLines(() => undefined));

/** An empty folder with programs that replace `git clone` and `npm ci`, and that fail if the app calls esbuild or Docker. */
function emptyFolder(): { folder: string; bin: string; env: NodeJS.ProcessEnv; calledTools: () => string } {
  const folder = temporaryFolder();
  const bin = path.join(folder, 'bin');
  const called = path.join(folder, 'called');
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? `'${process.execPath}' '${process.env.npm_execpath}'` : 'npm';
  // links to all files of the repository, so that files that the commands write are not in the repository
  const clone = `mkdir cdk-genai-image-api && cd cdk-genai-image-api && ln -s ${REPOSITORY}/* ${REPOSITORY}/.[!.]* .`;
  writeProgram(bin, 'git', `[ "$*" = 'clone ${repository.url}' ] || exit 1\n${clone}`);
  // the packages are those of the repository; this only compares package.json with the lockfile
  writeProgram(bin, 'npm', `PATH='${process.env.PATH}'\n[ "$*" = ci ] && set -- ci --dry-run --ignore-scripts\nexec ${npm} "$@"`);
  writeProgram(bin, 'sleep', '');
  for (const tool of ['docker', 'esbuild']) writeProgram(bin, tool, `echo ${tool} >> '${called}'; exit 1`);
  const calledTools = () => (fs.existsSync(called) ? fs.readFileSync(called, 'utf8') : '');
  return { folder, bin, env: { ...process.env, PATH: `${bin}:${process.env.PATH}` }, calledTools };
}

function typesOf({ Resources }: Template): string[] {
  return Object.values(Resources).map(({ Type }) => Type).filter((type) => type !== 'AWS::CDK::Metadata').sort();
}

/** The app of README.md, synthesized from the sources. */
const EXPECTED = typesOf(synth({ auth: ApiAuth.apiKey({ clients: ['web'] }) }).toJSON() as Template);

function expectReadmeApp(template: Template): void {
  expect(typesOf(template)).toEqual(EXPECTED);
  expect(Object.keys(template.Outputs as object).sort()).toEqual(['ImagesUrl', 'WebKeyId']);
}

describe('README.md, the first image on this machine', () => {
  it('is generated by its commands, in a clone of the repository', async () => {
    await buildPackage('js', processes, Steps.toLines(() => undefined));
    const { folder, env } = emptyFolder();
    await walk(scriptOf(LOCAL), folder, env, processes);
    const [file] = /\S+\.jpg/.exec(LOCAL[0].code)!;
    expect(imageSize(fs.readFileSync(path.join(folder, 'cdk-genai-image-api', file)))).toMatchObject({ type: 'jpg' });
    expect(fs.existsSync(path.join(REPOSITORY, file))).toBe(false);
  });
});

describe('README.md, the first image on AWS', () => {
  it('is generated by its commands in TypeScript, with the CDK CLI and the latest aws-cdk-lib; the commands of docs/getting-started.md delete all of it', async () => {
    await buildPackage('js', processes, Steps.toLines(() => undefined));
    const { folder, env, calledTools } = emptyFolder();
    const aws = await startEmulatedAws(folder);
    const clients = createClients(aws.endpoint);
    try {
      const walkOn = (blocks: readonly Block[], start = '') => walk(`${start}${scriptOf(blocks)}`, folder, { ...env, ...aws.env }, processes);
      await walkOn([...PACK, ...withPackedFile(TYPESCRIPT, 'TypeScript'), ...DEPLOY]);

      const images = path.join(folder, 'images');
      const response = JSON.parse(fs.readFileSync(path.join(images, 'response.json'), 'utf8')) as { status: string; images: object[] };
      expect(response).toMatchObject({ status: 'succeeded', images: [{ contentType: 'image/png' }] });
      expect(response.images[0]).toMatchObject(imageSizeOf(path.join(images, 'lighthouse.png')));
      expectReadmeApp(JSON.parse(fs.readFileSync(path.join(images, 'cdk.out/ImagesStack.template.json'), 'utf8')) as Template);
      expect(calledTools()).toBe('');

      const buckets = async () => (await clients.s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name);
      expect(await buckets()).toHaveLength(2);
      await walkOn(CLEAN_UP, 'cd images\n');
      expect(await buckets()).toEqual([expect.stringMatching(/^cdk-hnb659fds-assets-/)]);
      expect((await clients.dynamoDb.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    } finally {
      closeClients(clients);
      await aws.close();
    }
  });

  it.each([['Python', PYTHON, 'examples/python'], ['Java', JAVA, 'examples/java']])('starts with an app in %s that synthesizes the same stack', async (language, blocks, example) => {
    const languageEnv = await prepare(example);
    const { folder, env, calledTools } = emptyFolder();
    fs.symlinkSync(REPOSITORY, path.join(folder, 'cdk-genai-image-api'));
    // pip installs only what is not in the environment of the example app, which has the same packages
    const { output: packages } = await processes.run('python3', ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], { env: languageEnv });
    const appEnv = language === 'Python' ? { ...env, PYTHONPATH: packages.trim() } : env;
    await walk(scriptOf(withPackedFile(blocks, language)), folder, appEnv, processes);

    const images = path.join(folder, 'images');
    const venv = path.join(images, '.venv/bin');
    const synthEnv = { ...appEnv, PATH: `${venv}:${appEnv.PATH}` };
    const [stack] = await synthesize(processes, { folder: images, env: synthEnv }, path.join(folder, 'cdk.out'), { account: '000000000000', region: 'us-east-1' });
    expect(stack.name).toBe('ImagesStack');
    expectReadmeApp(stack.template);
    expect(calledTools()).toBe('');
  });

  it('has no command that these tests do not run', () => {
    const walked = [LOCAL, TYPESCRIPT, PYTHON, JAVA, DEPLOY].flat().map(({ at }) => at);
    expect(codeBlocks(README, 'sh').map(({ at }) => at).filter((at) => !walked.includes(at))).toEqual([]);
    expect(DEPLOY).toHaveLength(3);
  });

  it('has the commands of docs/getting-started.md', () => {
    const page = codeBlocks(GETTING_STARTED).filter(({ language }) => ['sh', 'ts'].includes(language)).map(({ code }) => code).join('');
    for (const { code } of [...TYPESCRIPT, ...DEPLOY]) expect(page).toContain(code);
  });
});

function imageSizeOf(file: string): { width: number; height: number } {
  const { width, height } = imageSize(fs.readFileSync(file));
  return { width, height };
}
