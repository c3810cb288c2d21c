// The AWS services of the benchmark, on one local port and without delay: Amazon Bedrock, S3, DynamoDB, SQS and EventBridge.
// Prints the port. usage: main.ts
import { createHash, randomUUID } from 'node:crypto';
import { type Control, type FakesState } from './control';
import { FakeBucket } from './fake-bucket';
import { FakeModels } from './fake-models';
import { FakeTable, type TableRequest } from './fake-table';
import { listen } from '../../../local/model-service/dual-listener';
import { type IncomingRequest, type OutgoingResponse } from '../../../local/model-service/http-exchange';

const models = new FakeModels();
const table = new FakeTable();
const bucket = new FakeBucket();
/** Number of calls by operation, since the last reset. */
let calls: Record<string, number> = {};
let messages: string[] = [];

interface Reply {
  readonly status?: number;
  readonly body?: Buffer | string | object;
  readonly contentType?: string;
}

function control(body: Buffer): Reply {
  const { imageBytes, reset, freeze } = (body.length > 0 ? JSON.parse(body.toString()) : {}) as Control;
  if (imageBytes !== undefined) models.imageBytes = imageBytes;
  if (reset) [calls, messages, bucket.images] = [{}, [], []];
  if (freeze) [table, bucket].forEach((fake) => fake.freeze());
  const state: FakesState = { calls, messages, images: bucket.images, lastItem: table.lastItem, digest: models.digest };
  return { body: state };
}

interface QueueRequest {
  readonly MessageBody?: string;
}

function queueReply(operation: string, { MessageBody = '' }: QueueRequest): object {
  if (operation === 'GetQueueAttributes') return { Attributes: { ApproximateNumberOfMessages: '0' } };
  if (operation !== 'SendMessage') return {};
  messages.push(MessageBody);
  return { MessageId: randomUUID(), MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
}

function count(operation: string): void {
  calls[operation] = (calls[operation] ?? 0) + 1;
}

/** Operations of services with a JSON protocol, which the header `X-Amz-Target` names. */
function targetReply(target: string, body: Buffer): Reply {
  const [service, operation] = target.split('.');
  count(operation);
  const request = JSON.parse(body.toString()) as TableRequest & QueueRequest;
  if (service.startsWith('DynamoDB')) return { body: table.respond(operation, request), contentType: 'application/x-amz-json-1.0' };
  if (service === 'AmazonSQS') return { body: queueReply(operation, request), contentType: 'application/x-amz-json-1.0' };
  return { body: { FailedEntryCount: 0, Entries: [{ EventId: randomUUID() }] }, contentType: 'application/x-amz-json-1.1' };
}

function reply(method: string, path: string, headers: IncomingRequest['headers'], body: Buffer): Reply {
  if (path === '/control') return control(body);
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return targetReply(target, body);
  if (/^\/(model|guardrail)\//.test(path)) {
    count(path.split('/').at(-1)!);
    return { body: models.respond(path) };
  }
  count(`s3:${method}`);
  return { ...bucket.respond(method, path, headers, body), contentType: 'application/xml' };
}

function send(response: OutgoingResponse, { status = 200, body = '', contentType = 'application/json' }: Reply): void {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length, 'x-amzn-requestid': randomUUID() });
  response.end(bytes);
}

async function main(): Promise<void> {
  const { port } = await listen(0, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      try {
        send(response, reply(request.method ?? 'GET', path, request.headers, Buffer.concat(chunks)));
      } catch (error) {
        console.error(error);
        send(response, { status: 400, body: { message: String(error) } });
      }
    });
  });
  console.log(port);
}

// ends with the benchmark, whose end of the pipe closes
process.stdin.on('end', () => process.exit()).resume();
void main();
