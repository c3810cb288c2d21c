// Generates an image without the AWS SDK: requests are signed by hand, and the image is decoded while it arrives. It shows the least that
// a Node.js function can cost for this job.
import { randomUUID } from 'node:crypto';
import * as http from 'node:http';
import {
  type ApiEvent, type ApiResponse, EXPIRES_IN, type ImageRequest, MODEL_ID, modelRequest, ownerOf, parseJson, problemsOf, respond, RETENTION_SECONDS,
} from './image-request';
import { presign, sha256, sign, type SignedRequest } from './signature';

const { BUCKET, TABLE, AWS_ENDPOINT_URL = '' } = process.env;
const { host, hostname, port, origin } = new URL(AWS_ENDPOINT_URL);
const agent = new http.Agent({ keepAlive: true });

export async function handler(event: ApiEvent): Promise<ApiResponse> {
  const owner = ownerOf(event);
  if (owner === undefined) return respond(403, { message: 'the API key does not belong to a client' });
  const body = parseJson(event.body);
  const problems = problemsOf(body);
  if (problems.length > 0) return respond(400, { message: problems.join('; ') });
  const request = body as ImageRequest;
  const { outputFormat = 'png', prompt } = request;
  const image = await generate(request);
  if (!image) return respond(422, { message: 'filtered' });
  const id = randomUUID();
  const key = `images/${owner.replace(':', '-')}/${id}.${outputFormat}`;
  const path = `/${BUCKET}/${key}`;
  const headers = { 'content-type': `image/${outputFormat}` };
  await finish(await send({ method: 'PUT', path, service: 's3', headers, payloadHash: 'UNSIGNED-PAYLOAD' }, image));
  await putItem({ pk: owner, sk: `IMG#${id}`, prompt, model: MODEL_ID, key }, { bytes: image.length });
  return respond(201, { id, url: presign(origin, path, EXPIRES_IN), model: MODEL_ID });
}

function send(request: Omit<SignedRequest, 'host'>, body: string | Buffer): Promise<http.IncomingMessage> {
  const { method, path } = request;
  return new Promise((resolve, reject) => {
    const headers = { ...sign({ ...request, host }), 'content-length': Buffer.byteLength(body) };
    http.request({ hostname, port, method, path, headers, agent }, resolve).on('error', reject).end(body);
  });
}

async function finish(response: http.IncomingMessage): Promise<void> {
  for await (const chunk of response) void chunk;
  if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
}

async function generate(request: ImageRequest): Promise<Buffer | undefined> {
  const body = modelRequest(request);
  const path = `/model/${encodeURIComponent(MODEL_ID)}/invoke`;
  const headers = { 'accept': 'application/json', 'content-type': 'application/json' };
  return decodeImage(await send({ method: 'POST', path, service: 'bedrock', headers, payloadHash: sha256(body) }, body));
}

async function putItem(texts: Readonly<Record<string, string>>, numbers: Readonly<Record<string, number>>): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const allNumbers = { ...numbers, createdAt: now, ttl: now + RETENTION_SECONDS };
  const Item = Object.fromEntries([
    ...Object.entries(texts).map(([name, S]) => [name, { S }]),
    ...Object.entries(allNumbers).map(([name, value]) => [name, { N: String(value) }]),
  ]);
  const body = JSON.stringify({ TableName: TABLE, Item });
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.PutItem' };
  await finish(await send({ method: 'POST', path: '/', service: 'dynamodb', headers, payloadHash: sha256(body) }, body));
}

const START = /"finish_reasons":\[null\].*"images":\["/s;
const QUOTE = 0x22;

/** Decodes the first image of a response while it arrives. Groups of four characters can be split between chunks. */
async function decodeImage(response: http.IncomingMessage): Promise<Buffer | undefined> {
  if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
  const image = Buffer.allocUnsafeSlow(Math.ceil(Number(response.headers['content-length']) * 3 / 4));
  let length = 0;
  let head: string | undefined = '';
  let rest = '';
  let isComplete = false;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    let text: string;
    if (head !== undefined) {
      head += chunk.toString('latin1');
      const match = START.exec(head);
      if (!match) continue;
      text = head.slice(match.index + match[0].length);
      head = undefined;
    } else if (isComplete) {
      continue;
    } else {
      const end = chunk.indexOf(QUOTE);
      isComplete = end >= 0;
      text = rest + chunk.toString('latin1', 0, isComplete ? end : chunk.length);
    }
    const end = isComplete ? text.length : text.length - text.length % 4;
    length += image.write(text.slice(0, end), length, 'base64');
    rest = text.slice(end);
  }
  return isComplete ? image.subarray(0, length) : undefined;
}
