import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { findApp } from '../../local/app/find-app';
import { prepareLanguagePackage } from '../../local/app/prepare-language';
import { type SynthesizedStack, synthesize } from '../../local/app/synthesize';
import { Steps } from '../../local/cli/steps';
import { Processes } from '../../local/processes/processes';
import { type MypyRun, startMypy } from '../helpers/packages/mypy';
import { temporaryFolder, writeFiles } from '../helpers/temporary-files';

const ENVIRONMENT = { account: '000000000000', region: 'us-east-1' };
const processes = new Processes();
afterAll(() => processes.stopAll());

/** Packs the package for the language of an app unless it is up to date, and returns the environment for synthesis. */
function prepare(appFolder: string): Promise<NodeJS.ProcessEnv> {
  return prepareLanguagePackage(appFolder, processes, Steps.toLines(() => undefined));
}

async function synthesizeExample(name: string, context?: Record<string, string>): Promise<SynthesizedStack> {
  const folder = findApp(`examples/${name}`);
  const app = { folder, env: await prepare(folder), context };
  const [stack] = await synthesize(processes, app, path.join(temporaryFolder(), 'cdk.out'), ENVIRONMENT);
  return stack;
}

// first-image.test.ts runs the apps of README.md, and a test in test/docs compares them with the Python and Java examples.
// The first run of mypy analyzes aws-cdk-lib for more than a minute, so it runs in parallel with the other tests.
let mypyFolder: string;
let mypy: MypyRun;
beforeAll(async () => {
  mypyFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mypy-'));
  const example = (name: string) => fs.readFileSync(path.join(findApp(`examples/${name}`), 'app.py'), 'utf8');
  writeFiles(mypyFolder, { 'python_app.py': example('python'), 'python_auth_app.py': example('python-auth') });
  mypy = await startMypy(mypyFolder, await prepare(findApp('examples/python')), processes);
});
afterAll(() => fs.rmSync(mypyFolder, { recursive: true, force: true }));

describe.each([
  ['quickstart', 'Quickstart', 2],
  ['iam', 'Iam', 0],
  ['events', 'Events', 2],
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

describe.each([
  ['playground', 0],
  ['cognito', 1],
  ['reference/r3', 0],
])('examples/%s', (name, signInClients) => {
  it('deploys the playground with its kind of sign-in', async () => {
    const { template } = await synthesizeExample(name);
    const resources = Object.values(template.Resources);
    const typed = (type: string) => resources.filter(({ Type }) => Type === type);
    expect(typed('AWS::CloudFront::Distribution')).toHaveLength(1);
    expect(typed('Custom::CDKBucketDeployment').length).toBeGreaterThanOrEqual(1);
    // the app client of the page returns to the page only
    const clients = typed('AWS::Cognito::UserPoolClient').filter(({ Properties }) => JSON.stringify(Properties?.CallbackURLs ?? []).includes('Distribution'));
    expect(clients).toHaveLength(signInClients);
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

it('the Python examples pass mypy --strict', async () => {
  const { code, output } = await mypy.result;
  expect([code, output.trim()]).toEqual([0, 'Success: no issues found in 2 source files']);
});
