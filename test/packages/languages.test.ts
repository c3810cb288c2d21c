import * as path from 'node:path';
import { findApp } from '../../local/app/find-app';
import { prepareLanguagePackage } from '../../local/app/prepare-language';
import { SynthesizedStack, synthesize } from '../../local/app/synthesize';
import { Steps } from '../../local/cli/steps';
import { Processes } from '../../local/processes/processes';
import { temporaryFolder } from '../helpers/temporary-files';

const ENVIRONMENT = { account: '000000000000', region: 'us-east-1' };
const processes = new Processes();
afterAll(() => processes.stopAll());

/** As `npm run local` does: packs our package for the app's language unless that is done, gives it to the app, runs the app. */
async function synthesizeApp(name: string, context?: Record<string, string>): Promise<SynthesizedStack> {
  const app = findApp(`examples/${name}`);
  const env = await prepareLanguagePackage(app, processes, Steps.toLines(() => undefined));
  const [stack] = await synthesize(processes, { folder: app, env, context }, path.join(temporaryFolder(), 'cdk.out'), ENVIRONMENT);
  return stack;
}

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
])('examples/%s', (name, stackName, keys) => {
  it('synthesizes from the packed artifact', async () => {
    const { name: synthesized, template } = await synthesizeApp(name);
    expect(synthesized).toBe(stackName);
    expect(Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::ApiGateway::ApiKey')).toHaveLength(keys);
    expect(template.Outputs).toHaveProperty('ImagesUrl');
  });
});

describe('context', () => {
  it('closes R1', async () => {
    const { template } = await synthesizeApp('reference/r1', { apiKey: 'true' });
    const methods = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::ApiGateway::Method').map(({ Properties }) => Properties);
    const protectedOnes = methods.filter((method) => method?.HttpMethod !== 'OPTIONS').map((method) => method?.ApiKeyRequired);
    expect(protectedOnes).toEqual([true, true, true]);
  });

  it('gives the example of events its webhook', async () => {
    const { template } = await synthesizeApp('events', { webhookUrl: 'https://example.com/hook' });
    const all = Object.values(template.Resources);
    const ofType = (type: string) => all.flatMap(({ Type, Properties }) => (Type === type ? JSON.stringify(Properties) : []));
    expect(ofType('AWS::Events::ApiDestination')).toEqual([expect.stringContaining('https://example.com/hook')]);
    expect(ofType('AWS::Events::Connection')).toEqual([expect.stringContaining('resolve:secretsmanager:images-webhook')]);
    expect(ofType('AWS::Events::Rule').filter((rule) => rule.includes('WebhookApiDestination'))).toEqual([expect.stringContaining('Image Succeeded')]);
  });
});

it('a way to know callers can be written in Python', async () => {
  const { template } = await synthesizeApp('python-auth');
  const ofType = (type: string) => Object.values(template.Resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  expect(new Set(ofType('AWS::ApiGateway::Method').map((method) => method?.AuthorizationType))).toEqual(new Set(['CUSTOM']));
  expect(JSON.stringify(ofType('AWS::Lambda::Function')).replaceAll('\\', '')).toContain('"auth":{"mode":"authorizer","fields":["tenant","principalId"]}');
});
