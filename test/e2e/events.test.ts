import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateApiDestinationCommand, CreateConnectionCommand, EventBridgeClient, ListRulesCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { Client } from '../helpers/e2e/client';
import { eventually } from '../helpers/e2e/eventually';

const TIMEOUT_MS = 20_000;

interface LogLine {
  readonly imageId: string;
  readonly owner: string;
  readonly status: string;
  readonly keys: readonly string[];
  readonly codes: readonly string[];
}

describe('examples/events on the emulator', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/events', auth: true }); }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.resetModel('ok'));

  /** Returns the log lines of the listener function for an image, by status. */
  async function receivedEvents(id: string): Promise<Record<string, Omit<LogLine, 'imageId' | 'status'>>> {
    const log = fs.readFileSync(await client.app.saveHandlerLogs(), 'utf8');
    const lines = [...log.matchAll(/\{"imageId".*\}/g)].map(([line]) => JSON.parse(line) as LogLine);
    return Object.fromEntries(lines.filter(({ imageId }) => imageId === id).map(({ status, imageId: _, ...line }) => [status, line]));
  }
  const receivedEvent = (id: string, status: string) =>
    eventually(async () => (await receivedEvents(id))[status], `the listener received no '${status}' event for ${id}`, TIMEOUT_MS);
  const enqueue = () => client.generate(client.alice, { prompt: 'a secret bay' }, { prefer: 'respond-async' });

  it.each([['synchronous', () => client.generate()], ['queued', enqueue]])('delivers succeeded and deleted events to a function: %s', async (_delivery, generate) => {
    const { json: { id } } = await generate();
    expect(await receivedEvent(id, 'succeeded')).toEqual({ owner: 'client:alice', codes: [], keys: [expect.stringMatching(new RegExp(`^images/.*${id}/0\\.png$`))] });
    expect((await client.call(`DELETE /images/${id}`, { key: client.alice })).status).toBe(204);
    expect(await receivedEvent(id, 'deleted')).toEqual({ owner: 'client:alice', codes: [], keys: [] });
  });

  it('delivers failed events with the error code to a function', async () => {
    await client.resetModel('filter-prompt');
    const { json: { id } } = await enqueue();
    expect(await receivedEvent(id, 'failed')).toEqual({ owner: 'client:alice', codes: ['CONTENT_FILTERED'], keys: [] });
  });

  it('delivers events to a webhook with its token and without the prompt', async () => {
    const received: { readonly token: unknown; readonly body: string }[] = [];
    const server = http.createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => { body += String(part); });
      request.on('end', () => { received.push({ token: request.headers['x-webhook-token'], body }); response.end(); });
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const bus = new EventBridgeClient({ endpoint: client.app.outputs.awsEndpointUrl, region: client.app.outputs.region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    try {
      const { ConnectionArn } = await bus.send(new CreateConnectionCommand({
        Name: 'webhook', AuthorizationType: 'API_KEY', AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-webhook-token', ApiKeyValue: 'the-token' } },
      }));
      const { ApiDestinationArn } = await bus.send(new CreateApiDestinationCommand({
        Name: 'webhook', ConnectionArn, HttpMethod: 'POST', InvocationEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
      }));
      const { Rules = [] } = await bus.send(new ListRulesCommand({}));
      const rule = Rules.find(({ Name }) => Name?.includes('ListenerSucceeded'));
      await bus.send(new PutTargetsCommand({ Rule: rule?.Name, Targets: [{ Id: 'webhook', Arn: ApiDestinationArn, RoleArn: 'arn:aws:iam::000000000000:role/webhook' }] }));

      const { json: { id } } = await enqueue();
      const { token, body } = await eventually(() => received.find((request) => request.body.includes(id)), 'the webhook received no request', TIMEOUT_MS);
      expect([token, JSON.parse(body)]).toEqual(['the-token', expect.objectContaining({
        'source': 'cdk-genai-image-api', 'detail-type': 'Image Succeeded', 'detail': expect.objectContaining({ version: '1', id, status: 'succeeded' }),
      })]);
      expect(body).not.toMatch(/secret|X-Amz/);
    } finally {
      bus.destroy();
      await new Promise((resolve) => { server.close(resolve); });
    }
  });
});
