import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { findApp } from '../../local/app/find-app';
import { prepareLanguagePackage } from '../../local/app/prepare-language';
import { type SynthesizedStack, synthesize } from '../../local/app/synthesize';
import { Steps } from '../../local/cli/steps';
import { Processes } from '../../local/processes/processes';
import { type MypyRun, startMypy } from '../helpers/packages/mypy';
import { readmeApp } from '../helpers/packages/readme-apps';
import { temporaryFolder, writeFiles } from '../helpers/temporary-files';

const ENVIRONMENT = { account: '000000000000', region: 'us-east-1' };
const processes = new Processes();
afterAll(() => processes.stopAll());

/** Packs the package for the language of an app unless it is up to date, and returns the environment for synthesis. */
function prepare(appFolder: string): Promise<NodeJS.ProcessEnv> {
  return prepareLanguagePackage(appFolder, processes, Steps.toLines(() => undefined));
}

async function synthesizeFolder(folder: string, env: NodeJS.ProcessEnv, context?: Record<string, string>): Promise<SynthesizedStack> {
  const [stack] = await synthesize(processes, { folder, env, context }, path.join(temporaryFolder(), 'cdk.out'), ENVIRONMENT);
  return stack;
}

async function synthesizeExample(name: string, context?: Record<string, string>): Promise<SynthesizedStack> {
  const folder = findApp(`examples/${name}`);
  return synthesizeFolder(folder, await prepare(folder), context);
}

// mypy analyzes aws-cdk-lib for more than a minute on its first run, so it runs in parallel with the other tests.
let mypyFolder: string;
let mypy: MypyRun;
beforeAll(async () => {
  mypyFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mypy-'));
  const example = (name: string) => fs.readFileSync(path.join(findApp(`examples/${name}`), 'app.py'), 'utf8');
  writeFiles(mypyFolder, { 'python_app.py': example('python'), 'python_auth_app.py': example('python-auth'), 'readme_app.py': readmeApp('python') });
  mypy = await startMypy(mypyFolder, await prepare(findApp('examples/python')), processes);
});
afterAll(() => fs.rmSync(mypyFolder, { recursive: true, force: true }));

describe.each([
  ['quickstart', 'Quickstart', 2],
  ['iam', 'Iam', 0],
  ['events', 'Events', 2],
  ['python', 'PythonImages', 2],
  ['java', 'JavaImages', 2],
  ['reference/r1', 'ReferenceR1', 0],
  ['reference/r2', 'ReferenceR2', 0],
  ['reference/r3', 'ReferenceR3', 2],
  ['reference/r4', 'ReferenceR4', 0],
  ['reference/r5', 'ReferenceR5', 0],
])('examples/%s', (name, stackName, keyCount) => {
  it('compiles and synthesizes with the packed artifact', async () => {
    const { name: synthesized, template } = await synthesizeExample(name);
    expect(synthesized).toBe(stackName);
    expect(Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::ApiGateway::ApiKey')).toHaveLength(keyCount);
    expect(template.Outputs).toHaveProperty('ImagesUrl');
  });
});

describe('examples/reference/r1 with context apiKey', () => {
  it('requires an API key for every method except preflight', async () => {
    const { template } = await synthesizeExample('reference/r1', { apiKey: 'true' });
    const methods = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::ApiGateway::Method').map(({ Properties }) => Properties);
    const apiKeyRequired = methods.filter((method) => method?.HttpMethod !== 'OPTIONS').map((method) => method?.ApiKeyRequired);
    expect(apiKeyRequired).toEqual([true, true, true]);
  });
});

describe('examples/events with context webhookUrl', () => {
  it('creates the API destination, its connection and a rule', async () => {
    const { template } = await synthesizeExample('events', { webhookUrl: 'https://example.com/hook' });
    const resources = Object.values(template.Resources);
    const ofType = (type: string) => resources.flatMap(({ Type, Properties }) => (Type === type ? JSON.stringify(Properties) : []));
    expect(ofType('AWS::Events::ApiDestination')).toEqual([expect.stringContaining('https://example.com/hook')]);
    expect(ofType('AWS::Events::Connection')).toEqual([expect.stringContaining('resolve:secretsmanager:images-webhook')]);
    expect(ofType('AWS::Events::Rule').filter((rule) => rule.includes('WebhookApiDestination'))).toEqual([expect.stringContaining('Image Succeeded')]);
  });
});

describe('examples/python-auth', () => {
  it('synthesizes a subclass of ApiAuth in Python', async () => {
    const { template } = await synthesizeExample('python-auth');
    const ofType = (type: string) => Object.values(template.Resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
    expect(new Set(ofType('AWS::ApiGateway::Method').map((method) => method?.AuthorizationType))).toEqual(new Set(['CUSTOM']));
    expect(JSON.stringify(ofType('AWS::Lambda::Function')).replaceAll('\\', '')).toContain('"auth":{"mode":"authorizer","fields":["tenant","principalId"]}');
  });
});

describe('README.md', () => {
  const types = ({ template }: SynthesizedStack) => Object.values(template.Resources).map(({ Type }) => Type);

  it('contains a Python app that synthesizes with the packed wheel', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'app.py': readmeApp('python'), 'cdk.json': '{"app": "python3 app.py"}' });
    const stack = await synthesizeFolder(folder, await prepare(findApp('examples/python')));
    expect(types(stack)).toContain('AWS::ApiGateway::RestApi');
  });

  it('contains a Java app that compiles and synthesizes with the packed archive', async () => {
    const [folder, example, app] = [temporaryFolder(), findApp('examples/java'), readmeApp('java')];
    const [, packageName] = /^package (.+);/m.exec(app) ?? [];
    const [, className] = /\bclass (\w+)/.exec(app) ?? [];
    const pom = fs.readFileSync(path.join(example, 'pom.xml'), 'utf8');
    writeFiles(folder, {
      [`src/main/java/${(packageName ? `${packageName}.` : '').replaceAll('.', '/')}${className}.java`]: app,
      'pom.xml': pom.replace('${project.basedir}', example).replace('com.example.ImagesApp', packageName ? `${packageName}.${className}` : className),
      'cdk.json': fs.readFileSync(path.join(example, 'cdk.json'), 'utf8'),
    });
    const stack = await synthesizeFolder(folder, await prepare(example));
    expect(types(stack)).toContain('AWS::ApiGateway::RestApi');
  });
});

it('the Python examples and the Python app of README.md pass mypy --strict', async () => {
  const { code, output } = await mypy.result;
  expect([code, output.trim()]).toEqual([0, 'Success: no issues found in 3 source files']);
});
