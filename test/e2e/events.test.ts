import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateApiDestinationCommand, CreateConnectionCommand, EventBridgeClient, ListRulesCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { Client } from '../helpers/e2e/client';
import { eventually } from '../helpers/e2e/eventually';

const WAITING_MS = 20_000;

describe('events', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/events', auth: true }); }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.model('ok'));

  /** What the function of the app logged of an image, by status. */
  async function toldOf(id: string): Promise<Record<string, { readonly owner: string; readonly what: readonly string[] }>> {
    const log = fs.readFileSync(await client.app.saveHandlerLogs(), 'utf8');
    const lines = [...log.matchAll(/\{"told".*\}/g)].map(([line]) => JSON.parse(line) as { told: string; status: string; owner: string; what: string[] });
    return Object.fromEntries(lines.filter(({ told }) => told === id).map(({ status, owner, what }) => [status, { owner, what }]));
  }
  const told = (id: string, status: string) => eventually(async () => (await toldOf(id))[status], `nobody was told that ${id} ${status}`, WAITING_MS);
  const later = () => client.draw(client.alice, { prompt: 'a secret bay' }, { prefer: 'respond-async' });

  it.each([['at once', () => client.draw()], ['later', later]])('tell a function where an image is, and that it was deleted: %s', async (_when, draw) => {
    const { json: { id } } = await draw();
    expect(await told(id, 'succeeded')).toEqual({ owner: 'client:alice', what: [expect.stringMatching(new RegExp(`^images/.*${id}/0\\.png$`))] });
    expect((await client.call(`DELETE /images/${id}`, { key: client.alice })).status).toBe(204);
    expect(await told(id, 'deleted')).toEqual({ owner: 'client:alice', what: [] });
  });

  it('tell a function why there is none', async () => {
    await client.model('filter-prompt');
    const { json: { id } } = await later();
    expect(await told(id, 'failed')).toEqual({ owner: 'client:alice', what: ['CONTENT_FILTERED'] });
  });

  it('tell a webhook, with its token and without the prompt', async () => {
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
        Name: 'webhook', ConnectionArn, HttpMethod: 'POST', InvocationEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`,
      }));
      const { Rules = [] } = await bus.send(new ListRulesCommand({}));
      const rule = Rules.find(({ Name }) => Name?.includes('ListenerSucceeded'));
      await bus.send(new PutTargetsCommand({ Rule: rule?.Name, Targets: [{ Id: 'webhook', Arn: ApiDestinationArn, RoleArn: 'arn:aws:iam::000000000000:role/webhook' }] }));

      const { json: { id } } = await later();
      const { token, body } = await eventually(() => received.find((each) => each.body.includes(id)), 'the webhook was not called', WAITING_MS);
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
