import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CONFIGURATION } from '../../helpers/world';

const BUNDLE = path.join(__dirname, '../../..', 'assets', 'api', 'index.mjs');
const MODELS_EVENT = { httpMethod: 'GET', resource: '/models', headers: {}, requestContext: { requestId: 'r', path: '/prod/models', identity: { apiKeyId: 'key-a' } } };

/** Loads the bundle in a separate process, as Lambda does, and invokes its handler. */
function invoke(event: object, configuration: object): { statusCode: number; body: string } {
  const script = `
    const { handler } = await import(${JSON.stringify(BUNDLE)});
    const result = await handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 1000 });
    console.log(JSON.stringify(result));`;
  const env = { PATH: process.env.PATH, AWS_REGION: 'us-east-1', GENAI_IMAGE_API: JSON.stringify(configuration) };
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return JSON.parse(output.trim().split('\n').pop()!);
}

describe('the bundle of the API function', () => {
  it('needs the configuration only and responds', () => {
    const { statusCode, body } = invoke(MODELS_EVENT, CONFIGURATION);
    expect(statusCode).toBe(200);
    expect(JSON.parse(body).models[0].id).toBe('stability.stable-image-core-v1:1');
  });

  it('fails at the cold start when the configuration is not valid', () => {
    expect(() => invoke(MODELS_EVENT, { ...CONFIGURATION, models: [] })).toThrow('GENAI_IMAGE_API is not valid at /models');
  });

  // 840 KiB before forms had a parser and failures were remembered for each key
  it('contains no source map and stays below 900 KiB', () => {
    const text = fs.readFileSync(BUNDLE, 'utf8');
    expect(text).not.toContain('sourceMappingURL');
    expect(Buffer.byteLength(text)).toBeLessThan(900 * 1024);
  });
});
