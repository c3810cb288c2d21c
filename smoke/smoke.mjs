// Checks a deployed image API in about a minute and prints a report in Markdown. It has no dependencies and needs Node.js 20 or later.
// usage: node smoke.mjs --url URL (--key API_KEY | --token TOKEN) [--queued] [--openai] [--edits]
// The key can also be in the environment variable IMAGES_KEY, the token in IMAGES_TOKEN.
//
// The checks generate 2 to 4 images with the default model, which are charged, and delete them. The report contains no
// key, token or URL of an image. docs/first-deployment.md explains each check.
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';

const OPTIONS = {
  url: { type: 'string' }, key: { type: 'string' }, token: { type: 'string' },
  queued: { type: 'boolean' }, openai: { type: 'boolean' }, edits: { type: 'boolean' },
};
const USAGE = 'usage: node smoke.mjs --url URL (--key API_KEY | --token TOKEN) [--queued] [--openai] [--edits]';
const PROMPT = `smoke test ${randomUUID()}: a lighthouse in a storm`;
const PROBLEM = 'application/problem+json';
const JOB_TIMEOUT_MS = 180_000;
const POLL_MS = 2_000;
/** Above the limit of Lambda (6 MB), below that of API Gateway (10 MB). */
const LARGE_BODY_BYTES = 7 * 1024 * 1024;
const PNG_SIGNATURE = '89504e470d0a1a0a';

class CheckError extends Error {}
class Skip extends Error {}

function expect(condition, message) {
  if (!condition) throw new CheckError(message);
}

/** The API under test. */
class Api {
  constructor(url, credentials) {
    this.url = url.endsWith('/') ? url : `${url}/`;
    this.credentials = credentials;
  }

  async call(route, { body, headers = {}, credentials = this.credentials } = {}) {
    const [method, path] = route.split(' ');
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(new URL(path, this.url), {
      method, body: text, headers: { ...credentials, ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, type: response.headers.get('content-type')?.split(';')[0] ?? 'none', location: response.headers.get('location'), bytes, json: parse(bytes) };
  }

  generate(options = {}) {
    return this.call('POST images', { body: { prompt: PROMPT }, ...options });
  }
}

function parse(bytes) {
  try { return JSON.parse(bytes.toString('utf8')); } catch { return undefined; }
}

/** Describes a response without its contents, which can be private. */
function describe({ status, type, json, bytes }) {
  return `${status} ${type}${typeof json?.code === 'string' ? ` ${json.code}` : ''}, ${bytes.length} bytes`;
}

function expectProblem(response, statuses) {
  expect(statuses.includes(response.status), `expected ${statuses.join(' or ')}, got ${describe(response)}`);
  expect(response.type === PROBLEM, `expected ${PROBLEM}, got ${describe(response)}`);
  expect(typeof response.json?.code === 'string' && typeof response.json.requestId === 'string', `expected code and requestId, got ${describe(response)}`);
  return describe(response);
}

function expectImage(response) {
  expect(response.status === 201, `expected 201, got ${describe(response)}`);
  expect(typeof response.json?.id === 'string' && response.json.images?.length === 1, `expected one image, got ${describe(response)}`);
  return response.json;
}

/** What earlier checks found out, for later ones. */
const found = {};

/** The first five answer questions that documentation leaves open; see docs/first-deployment.md. */
const CHECKS = {
  'The credentials are accepted': async (api) => {
    const response = await api.call('GET models');
    expect(response.status === 200 && response.json?.models?.length > 0, `expected 200 with models, got ${describe(response)}`);
    return response.json.models.map(({ id }) => id).join(', ');
  },

  'An API key in Authorization and in x-api-key has the same owner': async (api, { key, openai }) => {
    if (!openai || !key) throw new Skip('needs --key and --openai');
    const generated = await api.call('POST v1/images/generations', { credentials: { authorization: `Bearer ${key}` }, body: { prompt: PROMPT, n: 1 } });
    expect(generated.status === 200, `expected 200, got ${describe(generated)}`);
    const id = generated.json?.id;
    expect(typeof id === 'string', 'expected the id of the image in the response');
    const read = await api.call(`GET images/${id}`);
    expect(read.status === 200, `the image of the bearer key was not found with x-api-key: ${describe(read)}`);
    await api.call(`DELETE images/${id}`);
    return `${describe(generated)}; ${describe(read)}`;
  },

  'An image is returned as bytes': async (api) => {
    const response = await api.generate({ headers: { accept: 'image/png' } });
    expect(response.status === 201 && response.type === 'image/png', `expected 201 image/png, got ${describe(response)}`);
    expect(response.bytes.subarray(0, 8).toString('hex') === PNG_SIGNATURE, 'the body is not a PNG file: is it base64 text?');
    // the path begins with the stage, which a custom domain does not have in its URL
    await api.call(`DELETE images/${response.location?.split('/').pop()}`);
    return describe(response);
  },

  'API Gateway returns problem documents: no credentials': async (api) =>
    expectProblem(await api.call('GET models', { credentials: {} }), [401, 403]),

  'API Gateway returns problem documents: body without JSON': async (api) => expectProblem(await api.call('POST images', { body: '{"prompt": ' }), [400]),

  'API Gateway returns problem documents: unknown path': async (api) => expectProblem(await api.call('GET no-such-path'), [403, 404]),

  'A body above the limit of Lambda is rejected': async (api) => {
    const response = await api.call('POST images', { body: { prompt: PROMPT, image: 'A'.repeat(LARGE_BODY_BYTES) } });
    expect(response.status === 413, `expected 413, got ${describe(response)}`);
    return describe(response);
  },

  'A job completes': async (api, { queued }) => {
    if (!queued) throw new Skip('needs --queued');
    const accepted = await api.generate({ headers: { prefer: 'respond-async' } });
    expect(accepted.status === 202, `expected 202, got ${describe(accepted)}`);
    const end = Date.now() + JOB_TIMEOUT_MS;
    for (;;) {
      const job = await api.call(`GET images/${accepted.json.id}`);
      if (job.json?.status === 'succeeded') {
        await api.call(`DELETE images/${accepted.json.id}`);
        return describe(job);
      }
      expect(['queued', 'running'].includes(job.json?.status), `the job ended as ${job.json?.status}: ${job.json?.problem?.code ?? describe(job)}`);
      expect(Date.now() < end, `the job is still ${job.json?.status} after ${JOB_TIMEOUT_MS / 1000} seconds`);
      await new Promise((resolve) => { setTimeout(resolve, POLL_MS); });
    }
  },

  'An image is generated, and its URL works': async (api) => {
    const key = randomUUID();
    const image = expectImage(await api.generate({ headers: { 'idempotency-key': key } }));
    Object.assign(found, { id: image.id, key });
    const file = await fetch(image.images[0].url);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(file.status === 200 && bytes.length > 1000, `expected the file at the URL, got ${file.status}, ${bytes.length} bytes`);
    return `${image.model}, ${image.images[0].contentType}, ${bytes.length} bytes`;
  },

  'A repeated request with the same Idempotency-Key returns the same image': async (api) => {
    if (!found.id) throw new Skip('no image');
    const image = expectImage(await api.generate({ headers: { 'idempotency-key': found.key } }));
    expect(image.id === found.id, 'expected the image of the first request, got another one, which is charged a second time');
    return 'same id';
  },

  'An upload is accepted': async (api, { edits }) => {
    if (!edits) throw new Skip('needs --edits');
    const response = await api.call('POST images/uploads', { body: { contentType: 'image/png' } });
    expect(response.status === 201, `expected 201, got ${describe(response)}`);
    const form = new FormData();
    for (const [name, value] of Object.entries(response.json.fields)) form.append(name, value);
    form.append('file', new Blob([Buffer.from(PNG_SIGNATURE, 'hex')], { type: 'image/png' }), 'smoke.png');
    const upload = await fetch(response.json.url, { method: 'POST', body: form });
    expect(upload.ok, `expected 2xx from the bucket, got ${upload.status}`);
    return `${describe(response)}; upload ${upload.status}`;
  },

  'An image is deleted': async (api) => {
    if (!found.id) throw new Skip('no image');
    const deleted = await api.call(`DELETE images/${found.id}`);
    expect(deleted.status === 204, `expected 204, got ${describe(deleted)}`);
    const read = await api.call(`GET images/${found.id}`);
    expect(read.status === 404, `expected 404 after the deletion, got ${describe(read)}`);
    return describe(read);
  },
};

async function run(api, options) {
  const rows = [];
  for (const [title, check] of Object.entries(CHECKS)) {
    process.stderr.write(`${title} ... `);
    const start = Date.now();
    const [result, detail] = await check(api, options).then((text) => ['pass', text], (error) => {
      if (error instanceof Skip) return ['skipped', error.message];
      return ['FAIL', error instanceof CheckError ? error.message : `${error.name}: ${error.cause?.code ?? error.message}`];
    });
    process.stderr.write(`${result}\n`);
    rows.push({ title, result, detail, seconds: ((Date.now() - start) / 1000).toFixed(1) });
  }
  return rows;
}

function report(rows, { url }) {
  const host = new URL(url).host;
  const count = (result) => rows.filter((row) => row.result === result).length;
  return [
    `## Smoke test of ${host}, ${new Date().toISOString()}`, '',
    '| Check | Result | Seconds | Detail |', '|---|---|---|---|',
    ...rows.map(({ title, result, seconds, detail }) => `| ${title} | ${result} | ${seconds} | ${detail.replaceAll('|', '/')} |`), '',
    `${count('pass')} passed, ${count('FAIL')} failed, ${count('skipped')} skipped. Node.js ${process.version}.`,
  ].join('\n');
}

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  const { url, key = process.env.IMAGES_KEY, token = process.env.IMAGES_TOKEN } = values;
  if (!url || !URL.canParse(url)) throw new Error(`--url must be the URL of the API, the value of images.url, got '${url ?? ''}'\n${USAGE}`);
  if (!key && !token) throw new Error(`--key or --token is missing; an API with ApiAuth.iam() needs signed requests, which this script does not send\n${USAGE}`);
  const api = new Api(url, key ? { 'x-api-key': key } : { authorization: `Bearer ${token}` });
  const rows = await run(api, { ...values, key });
  console.log(report(rows, { url }));
  return rows.some(({ result }) => result === 'FAIL') ? 1 : 0;
}

main().then((code) => { process.exitCode = code; }, (error) => {
  console.error(error.message);
  process.exitCode = 2;
});
