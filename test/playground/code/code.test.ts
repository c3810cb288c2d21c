import { execFile } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'http';
import { type AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { transformSync } from 'esbuild';
import { CODE_LABELS, type CodeLanguage, codeOf, type CodeRequest } from '../../../src/playground/code';

const run = promisify(execFile);
const LANGUAGES = Object.keys(CODE_LABELS) as CodeLanguage[];
const CREDENTIALS = { API_KEY: 'key-of-the-test', TOKEN: 'token-of-the-test', X_TENANT: 'tenant-of-the-test', _2FA: 'code-of-the-test' };

interface Received {
  readonly method?: string;
  readonly path?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server;
let apiUrl: string;
let folder: string;
let received: Received[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'playground-code-'));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      received.push({ method: request.method, path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"1"}');
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prod`;
});
beforeEach(() => { received = []; });
afterAll(async () => {
  await new Promise((resolve) => { server.close(resolve); });
  rmSync(folder, { recursive: true });
});

/** Runs code as a reader would, and returns what the server received. */
async function execute(language: CodeLanguage, request: Omit<CodeRequest, 'apiUrl'>): Promise<Received> {
  const code = codeOf(language, { apiUrl, ...request });
  const options = { cwd: folder, timeout: 50_000, env: { PATH: process.env.PATH, NO_PROXY: '*', ...CREDENTIALS } };
  switch (language) {
    case 'curl': {
      const file = join(folder, 'request.sh');
      writeFileSync(file, code);
      await run('bash', ['-n', file], options);
      await run('bash', [file], options);
      break;
    }
    case 'typescript': {
      const file = join(folder, 'request.mjs');
      writeFileSync(file, transformSync(code, { loader: 'ts', format: 'esm' }).code);
      await run(process.execPath, [file], options);
      break;
    }
    case 'python': {
      const file = join(folder, 'request.py');
      writeFileSync(file, code);
      await run('python3', [file], options);
    }
  }
  expect(received).toHaveLength(1);
  return received[0];
}

/** Prompts that could break out of a string, a template, a shell, or a line. */
const HOSTILE: Readonly<Record<string, string>> = {
  'quotes': 'it\'s "quoted" `by` \'all\' \'\\\'\' kinds',
  'a shell': '$(touch injected) `touch injected` ${HOME} $API_KEY ; & | > < * ~ !! # \\',
  'templates': '${process.env.API_KEY} {json} %s {0} f"{1}" \\u0041 \\x41 \\N{BULLET}',
  'line breaks': 'one\ntwo\r\nthree\ttab\u2028line\u2029paragraph\u0085next',
  'the end of a document': "'''\n\"\"\"\nEOF\n*/ --> </script>",
  'invisible characters': 'zero\u200bwidth \ufeff \u202eright to left\u202c \u0000\u001f\u007f\u009f',
  'emojis and marks': '🦊 👩‍🚀 e\u0301 ñ 漢字 \ud83e\udd8a',
  'backslashes': 'ends with \\',
  'a dash': '-X DELETE @/etc/hostname',
};

describe.each(LANGUAGES)('%s', (language) => {
  it('sends hostile prompts and all kinds of values as they are', async () => {
    const body = { prompt: 'a fox', texts: HOSTILE, seed: 8, strength: 0.35, enhancePrompt: true, others: [null, false, [], {}, { a: ['b'] }] };
    const { body: sent } = await execute(language, { path: '/images', body, auth: { type: 'apiKey' } });
    expect(JSON.parse(sent)).toEqual(body);
  });

  it('sends the credentials of the environment to the route', async () => {
    const request = await execute(language, { path: '/images/edits', body: { operation: 'erase' }, auth: { type: 'apiKey' } });
    expect(request).toMatchObject({ method: 'POST', path: '/prod/images/edits', headers: { 'x-api-key': CREDENTIALS.API_KEY, 'content-type': 'application/json' } });
    expect(request.headers).not.toHaveProperty('authorization');
  });

  it('sends tokens and the headers of an authorizer of the owner', async () => {
    const path = '/images';
    const body = { prompt: 'a fox' };
    const headersOf = async (auth: CodeRequest['auth']) => {
      received = [];
      return (await execute(language, { path, body, auth })).headers;
    };
    expect(await headersOf({ type: 'bearer' })).toMatchObject({ authorization: `Bearer ${CREDENTIALS.TOKEN}` });
    expect(await headersOf({ type: 'cognito', domain: 'https://example.com', clientId: 'x', issuer: 'https://i', scopes: [], token: 'id' })).toMatchObject({ authorization: `Bearer ${CREDENTIALS.TOKEN}` });
    expect(await headersOf({ type: 'headers', headers: ['X-Tenant', '2fa'] })).toMatchObject({ 'x-tenant': CREDENTIALS.X_TENANT, '2fa': CREDENTIALS._2FA });
    expect(await headersOf({ type: 'none' })).not.toHaveProperty('x-api-key');
  });

  it('has no character that a reader cannot see', () => {
    for (const prompt of Object.values(HOSTILE)) {
      const code = codeOf(language, { apiUrl: 'https://example.com/prod', path: '/images', body: { prompt }, auth: { type: 'none' } });
      // the joiner of emojis is part of what a reader sees
      expect(code.replaceAll('\u200d', '')).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
    }
  });
});

it('a half of a surrogate pair is sent as each language can', async () => {
  for (const language of LANGUAGES) {
    received = [];
    const { body } = await execute(language, { path: '/images', body: { prompt: 'a\ud83e' }, auth: { type: 'none' } });
    expect(body.replaceAll(/\s/g, '').toLowerCase()).toBe('{"prompt":"a\\ud83e"}');
  }
});

it('the code of a request', () => {
  const request: CodeRequest = { apiUrl: 'https://abc.execute-api.eu-west-1.amazonaws.com/prod', path: '/images', body: { prompt: "a fox's den", seed: 8 }, auth: { type: 'apiKey' } };
  expect(codeOf('curl', request)).toBe(`curl 'https://abc.execute-api.eu-west-1.amazonaws.com/prod/images' \\
  -H "x-api-key: $API_KEY" \\
  -H 'content-type: application/json' \\
  -d '{
  "prompt": "a fox'\\''s den",
  "seed": 8
}'`);
  expect(codeOf('typescript', request)).toBe(`const response = await fetch("https://abc.execute-api.eu-west-1.amazonaws.com/prod/images", {
  method: "POST",
  headers: {
    "x-api-key": \`\${process.env.API_KEY}\`,
    "content-type": "application/json",
  },
  body: JSON.stringify({
    "prompt": "a fox's den",
    "seed": 8
  }),
});
const image = await response.json();
console.log(response.status, image);
`);
  expect(codeOf('python', request)).toBe(`import json
import os
import urllib.request

body = {
    "prompt": "a fox's den",
    "seed": 8,
}
request = urllib.request.Request(
    "https://abc.execute-api.eu-west-1.amazonaws.com/prod/images",
    data=json.dumps(body).encode(),
    headers={
        "x-api-key": os.environ["API_KEY"],
        "content-type": "application/json",
    },
)
with urllib.request.urlopen(request) as response:
    image = json.load(response)
print(image)
`);
});
