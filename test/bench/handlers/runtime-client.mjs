// A runtime client of AWS Lambda for Node.js: requests an event, calls the handler, sends its response. usage: node runtime-client.mjs <module>
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// An import statement of node:http would load the WebSocket client of Node.js: the function for comparison pays for what it loads itself.
const http = process.getBuiltinModule('node:http');
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const request = http.request({ host, port, method, path: `/2018-06-01/runtime${path}`, agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function errorBody(error) {
  return JSON.stringify({ errorType: error?.name ?? 'Error', errorMessage: String(error?.stack ?? error) });
}

async function load(file) {
  if (file.endsWith('.cjs')) return createRequire(import.meta.url)(file).handler;
  return (await import(pathToFileURL(file).href)).handler;
}

async function run(handler) {
  for (;;) {
    const { headers, body } = await call('GET', '/invocation/next');
    const id = headers['lambda-runtime-aws-request-id'];
    const deadline = Number(headers['lambda-runtime-deadline-ms']);
    const context = { awsRequestId: id, getRemainingTimeInMillis: () => deadline - Date.now() };
    try {
      const result = await handler(JSON.parse(body), context);
      await call('POST', `/invocation/${id}/response`, JSON.stringify(result ?? null));
    } catch (error) {
      await call('POST', `/invocation/${id}/error`, errorBody(error));
    }
  }
}

let handler;
try {
  handler = await load(process.argv[2]);
} catch (error) {
  await call('POST', '/init/error', errorBody(error));
  process.exit(1);
}
await run(handler);
