import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type FaultRule, ServiceProxy } from './service-proxy';
import { LogReader, readState, type StoredState } from './state';
import { resourcesOfType, type Template } from '../../../local/template/template';
import { AUTHORIZER_VARIABLE } from '../../../src/private/contract/authorizer';
import { CONFIGURATION_VARIABLE } from '../../../src/private/contract/configuration';
import { type ApiResponse, Client } from '../e2e/client';
import { eventually } from '../e2e/eventually';
import { Issuer } from '../issuer';

/** Services whose requests can fail. */
const SERVICES = ['s3', 'dynamodb', 'sqs', 'bedrock'] as const;
export type Service = typeof SERVICES[number];

const ENDPOINTS: Readonly<Record<Service, string>> = {
  s3: 'AWS_ENDPOINT_URL_S3', dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB', sqs: 'AWS_ENDPOINT_URL_SQS', bedrock: 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
};
/** Daily budgets of the app in US dollars. */
const BUDGETS = { api: 100, owner: 50 };
const MICRO_USD = 1_000_000;
const JOB_TIMEOUT_MS = 30_000;
const ISSUER = 'https://login.example.com/';
const AUDIENCE = 'https://images.example.com';

/** Is part of every prompt and never of a log line. */
export const CANARY = 'zanzibar';
export const PROMPT = `a lighthouse in ${CANARY}`;

/** What the functions have called since the last reset. */
export interface ModelUse {
  readonly calls: number;
  readonly images: number;
}

export interface GenerateOptions {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The app of the fault matrix in a local run, with proxies in front of the services that its functions use. */
export class FaultWorld {
  public static async start(app: string): Promise<FaultWorld> {
    const started = await Promise.all(SERVICES.map(async (service) => [service, await ServiceProxy.start()] as const));
    const proxies = Object.fromEntries(started) as Record<Service, ServiceProxy>;
    const issuer = new Issuer(ISSUER);
    const jwks = http.createServer((_request, response) => { void issuer.fetchJson('/keys').then((bytes) => response.end(Buffer.from(bytes))); });
    await new Promise<void>((listening) => jwks.listen(0, '127.0.0.1', listening));
    const jwksUri = `http://127.0.0.1:${(jwks.address() as AddressInfo).port}/keys`;
    try {
      const client = await Client.start({ app, transformTemplate: (template) => withEndpoints(template, proxies, jwksUri) });
      return new FaultWorld(client, proxies, issuer, jwks);
    } catch (error) {
      // otherwise the open ports keep the test process alive
      Object.values(proxies).forEach((proxy) => proxy.close());
      jwks.close();
      throw error;
    }
  }

  public readonly logs: LogReader;
  private use = { calls: 0, images: 0 };

  private constructor(
    public readonly client: Client,
    private readonly proxies: Readonly<Record<Service, ServiceProxy>>,
    private readonly issuer: Issuer,
    private readonly jwks: http.Server,
  ) {
    const { awsEndpointUrl, controlUrl } = client.app.outputs;
    for (const service of SERVICES) proxies[service].target = service === 'bedrock' ? new URL(controlUrl).origin : awsEndpointUrl;
    proxies.bedrock.onRequest = () => { this.use.calls++; };
    proxies.bedrock.onResponse = ({ statusCode }, body) => { if (statusCode === 200 && body.includes('"images":["')) this.use.images++; };
    this.logs = new LogReader(client.app);
  }

  /** Adds a fault of the requests of the functions to a service. */
  public fault(service: Service, rule: FaultRule): void {
    this.proxies[service].add(rule);
  }

  /** Removes all faults. */
  public async reset(): Promise<void> {
    Object.values(this.proxies).forEach((proxy) => proxy.reset());
    await this.client.resetModel('ok');
  }

  public resetModelUse(): void {
    this.use = { calls: 0, images: 0 };
  }

  public async close(): Promise<void> {
    await this.client.app.close();
    Object.values(this.proxies).forEach((proxy) => proxy.close());
    this.jwks.close();
  }

  public get modelUse(): ModelUse {
    return this.use;
  }

  public generate(body: object = {}, options: GenerateOptions = {}): Promise<ApiResponse> {
    return this.send('POST /images', { prompt: PROMPT, ...body }, options);
  }

  /** Sends a JSON body, or a body as it is. */
  public async send(
    route: string, body?: object | string | Buffer, { key = this.client.alice, headers, signal }: GenerateOptions = {},
  ): Promise<ApiResponse> {
    const [method, path] = route.split(' ');
    const isRaw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const response = await fetch(`${this.client.app.outputs.baseUrl}${path}`, {
      method,
      signal,
      headers: { ...(key && { 'x-api-key': key }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: isRaw ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: text.startsWith('{') ? JSON.parse(text) : {} };
  }

  /** Enqueues a request. Returns the 202 response, or an error. */
  public enqueue(body: object = {}, options: GenerateOptions = {}): Promise<ApiResponse> {
    return this.generate(body, { ...options, headers: { prefer: 'respond-async', ...options.headers } });
  }

  /** Waits until a job has ended and returns its image. */
  public completed(id: string): Promise<ApiResponse> {
    return eventually(async () => {
      const response = await this.client.call(`GET /images/${id}`, { key: this.client.alice });
      return ['queued', 'running'].includes(String(response.json.status)) ? undefined : response;
    }, `job ${id} did not end`, JOB_TIMEOUT_MS);
  }

  /** Sends a message to the queue of jobs. */
  public async sendMessage(body: unknown): Promise<void> {
    const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
    await this.client.app.clients.sqs.send(new SendMessageCommand({ QueueUrl: this.resource('ImagesQueue'), MessageBody }));
  }

  /** Writes an item of the table. */
  public async putItem(item: object): Promise<void> {
    await this.client.app.clients.dynamoDb.send(new PutItemCommand({ TableName: this.table, Item: marshall(item, { removeUndefinedValues: true }) }));
  }

  /** Sets what can still be spent today. */
  public async setRemainingBudget(usd: number, whose: keyof typeof BUDGETS = 'api'): Promise<void> {
    await this.client.app.clients.dynamoDb.send(new UpdateItemCommand({
      TableName: this.table,
      Key: marshall({ pk: whose === 'api' ? '~api' : 'client:alice', sk: `BUDGET#${new Date().toISOString().slice(0, 10)}` }),
      UpdateExpression: 'SET spent = :spent',
      ExpressionAttributeValues: marshall({ ':spent': Math.round((BUDGETS[whose] - usd) * MICRO_USD) }),
    }));
  }

  /** Sets both budgets back to nothing spent. */
  public async clearBudgets(): Promise<void> {
    await this.setRemainingBudget(BUDGETS.api);
    await this.setRemainingBudget(BUDGETS.owner, 'owner');
  }

  /** Returns the authorization header of the API with tokens. */
  public token(sub: string, validSeconds: number): Record<string, string> {
    const exp = Math.floor(Date.now() / 1000) + validSeconds;
    return { authorization: `Bearer ${this.issuer.token({ iss: ISSUER, aud: AUDIENCE, sub, exp })}` };
  }

  /** Sends a request to the API with tokens. */
  public async sendWithToken(route: string, headers: Record<string, string>, body?: object): Promise<ApiResponse> {
    const [method, path] = route.split(' ');
    const apiId = this.resource('TokensApi');
    const response = await fetch(`${this.client.app.outputs.awsEndpointUrl}/_aws/execute-api/${apiId}/prod${path}`, {
      method, headers: { ...headers, ...(body && { 'content-type': 'application/json' }) }, body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: text.startsWith('{') ? JSON.parse(text) : {} };
  }

  public state(): Promise<StoredState> {
    return readState(this.client.app, { bucket: this.resource('ImagesBucket'), table: this.table, deadLetterQueue: this.resource('ImagesDeadLetterQueue') });
  }

  /** Waits until the functions have written a message as many times in this row. */
  public async linesOf(message: string, count: number): Promise<void> {
    await eventually(async () => {
      const lines = (await this.logs.read()).filter((line) => line.message === message);
      return lines.length >= count ? true : undefined;
    }, `'${message}' was not logged ${count} times`, JOB_TIMEOUT_MS);
  }

  /** Waits until a model has returned an image in this row. */
  public async modelResponded(): Promise<void> {
    await eventually(() => (this.use.images > 0 ? true : undefined), 'no model responded', JOB_TIMEOUT_MS);
  }

  /** Waits until a model is called in this row. */
  public async modelCalled(): Promise<void> {
    await eventually(() => (this.use.calls > 0 ? true : undefined), 'no model was called', JOB_TIMEOUT_MS);
  }

  /** Returns what must not be in a log line. */
  public get secrets(): readonly string[] {
    const { apiKeys, baseUrl } = this.client.app.outputs;
    return [CANARY, ...Object.values(apiKeys), 'X-Amz-Signature', 'eyJ0eXAi', baseUrl];
  }

  private get table(): string {
    return this.resource('ImagesTable');
  }

  private resource(prefix: string): string {
    const [{ resources }] = this.client.app.stacks;
    const found = Object.entries(resources).find(([id]) => new RegExp(`^${prefix}[0-9A-F]{8}$`).test(id));
    if (!found) throw new Error(`no resource ${prefix} in ${Object.keys(resources).join()}`);
    return found[1];
  }
}

/** Replaces the URLs of queues, which the SDK uses as endpoints. */
function withQueueUrls(value: unknown, template: Template, proxy: ServiceProxy): unknown {
  if (Array.isArray(value)) return value.map((item) => withQueueUrls(item, template, proxy));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref } = value as { Ref?: string };
  if (Ref !== undefined && template.Resources[Ref]?.Type === 'AWS::SQS::Queue') {
    return { 'Fn::Join': ['/', [proxy.url, { Ref: 'AWS::AccountId' }, { 'Fn::GetAtt': [Ref, 'QueueName'] }]] };
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withQueueUrls(member, template, proxy)]));
}

/** Sets the endpoints of the functions to the proxies, and the JWKS URI of the authorizer. */
function withEndpoints(template: Template, proxies: Readonly<Record<Service, ServiceProxy>>, jwksUri: string): Template {
  const copy = structuredClone(template);
  for (const [, { Environment }] of resourcesOfType(copy, 'AWS::Lambda::Function')) {
    const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, unknown> };
    for (const service of SERVICES) Variables[ENDPOINTS[service]] = proxies[service].url;
    Variables[CONFIGURATION_VARIABLE] = withQueueUrls(Variables[CONFIGURATION_VARIABLE], template, proxies.sqs);
    const json = Variables[AUTHORIZER_VARIABLE];
    if (typeof json === 'string') Variables[AUTHORIZER_VARIABLE] = JSON.stringify({ ...JSON.parse(json) as object, jwksUri });
  }
  return copy;
}
