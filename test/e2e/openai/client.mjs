// Calls an image API by OpenAI's own SDK: one JSON request a line on stdin, one JSON answer a line on stdout.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const OpenAI = createRequire(import.meta.url)(process.argv[2]);
const { toFile } = OpenAI;

async function call({ action, baseUrl, apiKey, params = {}, files = {} }) {
  const client = new OpenAI({ baseURL: baseUrl, apiKey });
  const loaded = Object.fromEntries(await Promise.all(Object.entries(files).map(async ([name, base64]) =>
    [name, await toFile(Buffer.from(base64, 'base64'), `${name}.png`, { type: 'image/png' })])));
  switch (action) {
    case 'generate': return client.images.generate(params);
    case 'edit': return client.images.edit({ ...params, ...loaded });
    case 'models': return { ids: (await client.models.list()).data.map(({ id }) => id) };
    case 'stream': {
      const events = [];
      for await (const event of await client.images.generate({ ...params, stream: true })) events.push(event);
      return { events };
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await call(JSON.parse(line)).catch((error) => (
    { error: error.constructor.name, status: error.status, code: error.code, type: error.type, param: error.param, message: error.message, requestId: error.requestID }
  ));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
