import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { build, type BuildOptions } from 'esbuild';
import { builtInModules } from '../../../projenrc/esbuild/built-in-modules';
import { sdkForLambda } from '../../../projenrc/esbuild/sdk-for-lambda';

const ENTRY = path.join(__dirname, '../../fixtures/sdk/calls.ts');
// below the repository, so that the file without a bundled SDK finds node_modules
const FOLDER = path.join(__dirname, '../../../.local/sdk-in-bundles');
const BUNDLED = path.join(FOLDER, 'bundled.mjs');
const INSTALLED = path.join(FOLDER, 'installed.mjs');

const ENVIRONMENT = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token', AWS_MAX_ATTEMPTS: '2' };

beforeAll(async () => {
  const options: BuildOptions = { entryPoints: [ENTRY], bundle: true, platform: 'node', format: 'esm', mainFields: ['module', 'main'] };
  await build({ ...options, outfile: BUNDLED, plugins: [sdkForLambda(), builtInModules()] });
  await build({ ...options, outfile: INSTALLED, packages: 'external' });
});

afterAll(() => fs.rmSync(FOLDER, { recursive: true, force: true }));

/** Runs the calls and returns what they print, without times, signatures and ids. */
async function resultsOf(file: string, env: Record<string, string>): Promise<unknown[]> {
  const options = { env: { PATH: process.env.PATH, ...ENVIRONMENT, ...env }, maxBuffer: 2 ** 24 };
  const { stdout: output } = await promisify(execFile)(process.execPath, [file], options);
  const stable = output
    .replace(/\d{8}T\d{6}Z/g, 'TIME').replace(/\b202\d{5}\b/g, 'DATE').replace(/202\d-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/(Signature=|"X-Amz-Signature":")[0-9a-f]{64}/g, '$1').replace(/"(amz-sdk-invocation-id|Policy|x-amz-user-agent|user-agent)":"[^"]*"/g, '"$1":""')
    .replace(/"totalRetryDelay":\d+/g, '"totalRetryDelay":0');
  return JSON.parse(stable) as unknown[];
}

// A bundle must send the requests of the installed SDK and return the same results and errors.
describe('the SDK in the bundles does what the installed SDK does', () => {
  it.each([
    ['us-east-1', {}], ['eu-central-1', {}], ['cn-north-1', {}], ['us-gov-west-1', {}], ['eusc-de-east-1', {}],
    ['us-east-1', { AWS_USE_FIPS_ENDPOINT: 'true' }], ['us-gov-west-1', { AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'true' }],
    ['us-west-2', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }], ['us-east-1', { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }],
  ] as ReadonlyArray<[string, Record<string, string>]>)('in %s with %j', async (region, env) => {
    const [bundled, installed] = await Promise.all([BUNDLED, INSTALLED].map((file) => resultsOf(file, { AWS_REGION: region, ...env })));
    expect(installed.length).toBeGreaterThan(40);
    expect(bundled).toEqual(installed);
  }, 60_000);
});
