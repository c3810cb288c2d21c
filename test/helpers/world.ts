import type { APIGatewayProxyEvent, SQSEvent } from 'aws-lambda';
import { checkerFor, expectDocumented } from './documented';
import type {
  Batch, Batches, Claim, Claims, Documents, GenerationInput, GeneratedImage, Guardrail, ImageModels, ImageRecord, ImageRecords, ImageStore, Model, RecordPage,
  StoredImage, TextInput, TextModels, TextOutput,
} from '../../src/handlers/generation/ports';
import type { EventPublisher } from '../../src/handlers/generation/publish-event';
import { createRouter } from '../../src/handlers/http/router';
import type { JobReference, JobMessage, JobQueue, JobRecord } from '../../src/handlers/jobs/job';
import { createWorker } from '../../src/handlers/jobs/worker';
import type { HandlerContext } from '../../src/handlers/requests/context';
import { allowedEdits, ModelRegistry, allowedText } from '../../src/handlers/requests/model-registry';
import { PromptPolicy } from '../../src/handlers/requests/prompt-policy';
import { ApiError } from '../../src/handlers/shared/errors';
import { jsonLogger } from '../../src/handlers/shared/log';
import type { HandlerConfiguration } from '../../src/private/contract/configuration';
import type { ImageOutcome } from '../../src/private/contract/events';

/** A valid picture of one pixel. */
export const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
export const CORE = 'stability.stable-image-core-v1:1';
export const START = Date.UTC(2026, 10, 21, 12, 0, 0, 250);
/** What the function has at the start of each request. */
export const TIME_MS = 28_000;

export const CONFIGURATION: HandlerConfiguration = {
  bucket: 'bucket',
  prefix: 'images/',
  table: 'table',
  expirationDays: 30,
  presignTtlSeconds: 3600,
  corsOrigins: ['https://app.example.com'],
  routes: ['standard', 'openAi'],
  auth: { mode: 'apiKey', clients: [{ name: 'alice', keyIds: ['key-a', 'key-a2'] }, { name: 'bob', keyIds: ['key-b'] }] },
  models: [{ id: CORE, region: 'us-west-2' }],
};

type Drawing = (input: GenerationInput, index: number) => Promise<GeneratedImage> | GeneratedImage | ApiError;

export class FakeModels implements ImageModels {
  public readonly calls: GenerationInput[] = [];
  /** Of each call. */
  public readonly called: Model[] = [];
  /** What the next calls do; afterwards each draws. */
  public readonly next: Drawing[] = [];
  public drawing: (input: GenerationInput) => GeneratedImage = ({ seed }) => ({ bytes: PNG, seed, contentType: 'image/png', width: 1, height: 1 });

  public async generate(model: Model, input: GenerationInput): Promise<(GeneratedImage | ApiError)[]> {
    this.calls.push(input);
    this.called.push(model);
    const drawing = this.next.shift() ?? this.drawing;
    return Promise.all(Array.from({ length: input.count }, (_, index) => drawing(input, index)));
  }

  public failWith(...errors: Error[]): void {
    this.next.push(...errors.map((error) => () => { throw error; }));
  }
}

export class FakeStore implements ImageStore, Documents {
  public readonly objects = new Map<string, StoredImage>();
  private readonly bytes = new Map<string, Uint8Array>();
  public fails?: (key: string) => boolean;

  public async put(key: string, { bytes, ...image }: GeneratedImage): Promise<StoredImage> {
    if (this.fails?.(key)) throw new Error(`no room at https://bucket.example.com/${key}`);
    const stored = { ...image, key, bytes: bytes.byteLength };
    this.objects.set(key, stored);
    this.bytes.set(key, bytes);
    return stored;
  }

  public async find(key: string): Promise<StoredImage | undefined> {
    return this.objects.get(key);
  }

  public async read(key: string): Promise<Uint8Array> {
    const bytes = this.bytes.get(key);
    if (!bytes) throw new Error('no such key');
    return bytes;
  }

  public async readIfExists(key: string): Promise<Uint8Array | undefined> {
    return this.bytes.get(key);
  }

  public putUpload(key: string, bytes: Uint8Array): void {
    this.bytes.set(key, bytes);
  }

  public async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.objects.delete(key);
    for (const key of keys) this.bytes.delete(key);
  }

  public async write(key: string, text: string): Promise<void> {
    this.bytes.set(key, Buffer.from(text));
  }

  /** Of what is neither an image nor an upload. */
  public get documents(): string[] {
    return [...this.bytes.keys()].filter((key) => key.endsWith('.json'));
  }
}

/** Keeps what is told, as far as it is. */
export class FakeEventPublisher implements EventPublisher {
  public readonly deadlines: number[] = [];
  public readonly published: { readonly outcome: ImageOutcome; readonly record: ImageRecord }[] = [];
  public fails = false;

  public async publish(outcome: ImageOutcome, record: ImageRecord, _time: number, until: number): Promise<void> {
    this.deadlines.push(until);
    if (this.fails) throw new Error('event bus is gone');
    this.published.push({ outcome, record });
  }
}

/** Messages wait until a test hands them out. */
export class FakeQueue implements JobQueue {
  public readonly messages: { readonly message: JobMessage; readonly delaySeconds: number }[] = [];
  public readonly deadLetters: JobMessage[] = [];
  public readonly visibilityChanges: number[] = [];
  public fails = false;

  public async send(message: JobMessage, delaySeconds = 0): Promise<void> {
    if (this.fails) throw new Error('queue is gone');
    this.messages.push({ message, delaySeconds });
  }

  public async sendToDeadLetterQueue(message: JobMessage): Promise<void> {
    this.deadLetters.push(message);
  }

  public async changeVisibility(_receipt: string, seconds: number): Promise<void> {
    this.visibilityChanges.push(seconds);
  }

  public async approximateDepth(): Promise<number> {
    if (this.fails) throw new Error('queue is gone');
    return this.messages.length;
  }
}

export class FakeBatches implements Batches {
  public readonly items: Batch[] = [];

  public async put(batch: Batch): Promise<void> {
    this.items.push(batch);
  }

  public async get(owner: string, id: string): Promise<Batch | undefined> {
    return this.items.find((batch) => batch.owner === owner && batch.id === id);
  }
}

export class FakeRecords implements ImageRecords {
  public readonly items: ImageRecord[] = [];
  public fails = false;

  public async put(record: ImageRecord): Promise<void> {
    if (this.fails) throw new Error(`table is gone, cannot keep ${record.prompt}`);
    const index = this.indexOf(record);
    if (index >= 0) this.items[index] = record;
    else this.items.push(record);
  }

  public async create(record: JobRecord): Promise<void> {
    if (this.indexOf(record) < 0) await this.put(record);
  }

  public async replace(record: JobRecord, previous: JobRecord): Promise<boolean> {
    const index = this.indexOf(previous);
    if (this.items[index]?.job?.revision !== previous.job.revision) return false;
    this.items[index] = record;
    return true;
  }

  public async markPublished({ unannounced, ...record }: ImageRecord): Promise<void> {
    const index = this.indexOf(record);
    if (this.items[index]?.unannounced && this.items[index].job?.revision === record.job?.revision) this.items[index] = record;
  }

  public async cancel(record: JobRecord): Promise<boolean> {
    const index = this.indexOf(record);
    if (this.items[index]?.job?.revision !== record.job.revision) return false;
    this.items.splice(index, 1);
    return true;
  }

  private indexOf({ owner, id }: JobReference): number {
    return this.items.findIndex((record) => record.owner === owner && record.id === id);
  }

  public async get(owner: string, id: string): Promise<ImageRecord | undefined> {
    return this.items.find((record) => record.owner === owner && record.id === id);
  }

  public async list(owner: string, limit: number, cursor?: string): Promise<RecordPage> {
    const all = this.items
      .filter((record) => record.owner === owner && (cursor === undefined || record.id < cursor))
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    const records = all.slice(0, limit);
    return { records, ...(all.length > limit && { cursor: records[records.length - 1].id }) };
  }

  public async remove(owner: string, id: string): Promise<void> {
    this.items.splice(this.indexOf({ owner, id }), 1);
  }
}

export class FakeClaims implements Claims {
  public readonly items = new Map<string, Claim>();
  public fails = false;

  public async take(claim: Claim, now: number, supersedes?: Claim): Promise<Claim | undefined> {
    const there = this.items.get(claim.owner + claim.key);
    const free = supersedes ? there?.holder === supersedes.holder : !there || there.expiresAt <= now;
    if (!free) return there;
    this.items.set(claim.owner + claim.key, claim);
    return undefined;
  }

  public async replace(claim: Claim): Promise<void> {
    if (this.fails) throw new Error('table is gone');
    this.items.set(claim.owner + claim.key, claim);
  }

  public async settle(claim: Claim): Promise<void> {
    const isOurs = this.isOurs(claim);
    const there = this.items.get(claim.owner + claim.key);
    if (isOurs || (claim.state === 'done' && there?.state !== 'done')) this.items.set(claim.owner + claim.key, claim);
  }

  public async release(claim: Claim): Promise<void> {
    if (this.isOurs(claim)) this.items.delete(claim.owner + claim.key);
  }

  private isOurs({ owner, key, holder }: Claim): boolean {
    if (this.fails) throw new Error('table is gone');
    return this.items.get(owner + key)?.holder === holder;
  }
}

export class FakeTexts implements TextModels {
  public readonly calls: TextInput[] = [];
  public readonly deadlines: number[] = [];
  public writing: (input: TextInput) => TextOutput = ({ prompt }) => ({
    text: `${prompt}, in oil`, stopReason: 'end_turn', usage: { inputTokens: 3, outputTokens: 5 },
  });

  public async generate(input: TextInput, deadline: number): Promise<TextOutput> {
    this.calls.push(input);
    this.deadlines.push(deadline);
    return this.writing(input);
  }
}

/** Filters what holds the word `forbidden`, and pictures while told to. */
export class FakeGuard implements Guardrail {
  public readonly seen: string[] = [];
  public readonly seenImages: Uint8Array[] = [];
  public readonly deadlines: number[] = [];
  /** It cannot be asked, about what this gives an error for. */
  public fails: (text: string, what: string) => Error | undefined = () => undefined;
  public filtersImages: (image: GeneratedImage) => boolean = () => false;

  public async checkInput(text: string, images: readonly Uint8Array[], deadline: number): Promise<void> {
    this.deadlines.push(deadline);
    this.seenImages.push(...images);
    this.look(text, 'prompt');
  }

  public async checkOutput(image: GeneratedImage, deadline: number): Promise<void> {
    this.deadlines.push(deadline);
    this.look(this.filtersImages(image) ? 'forbidden' : '', 'output image');
  }

  public async checkText(text: string): Promise<void> {
    this.look(text, 'answer');
  }

  private look(text: string, what: string): void {
    this.seen.push(`${what}: ${text}`);
    const cause = this.fails(text, what);
    if (cause) throw new ApiError('MODEL_BUSY', 'the content could not be checked', { cause, retryAfterSeconds: 10 });
    if (text.includes('forbidden')) throw new ApiError('CONTENT_FILTERED', `the guardrail filtered the ${what}`);
  }
}

export interface Call {
  /** As the client sees it; by default behind the stage. */
  readonly path?: string;
  readonly body?: unknown;
  readonly rawBody?: string;
  /** As the gateway hands over binary media types. */
  readonly isBase64Encoded?: boolean;
  readonly headers?: Record<string, string> | null;
  /** A list: the name is there once for each value. */
  readonly query?: Record<string, string | string[]>;
  readonly keyId?: string;
  readonly identity?: Record<string, string | null>;
  /** What the route calls an id in its path. */
  readonly idName?: string;
}

/** The bodies of many routes: tests say what they expect. */
interface AnyBody extends Record<string, unknown> {
  readonly id: string;
  readonly images: Record<string, unknown>[];
  readonly errors: { readonly pointer: string; readonly detail: string }[];
}

export interface Response {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
  readonly json: AnyBody;
  readonly isBase64: boolean;
}

/** Paths that are no ids of images. */
const FIXED_PATHS = ['/images/edits', '/images/uploads', '/images/batches', '/v1/images/generations', '/v1/images/edits', '/v1/models', '/v1/image'];

function mapValues<T, R>(object: Record<string, T>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}

/** As the gateway hands it over. */
function eventOf(route: string, call: Call): APIGatewayProxyEvent {
  const { body, rawBody, isBase64Encoded = false, headers = {}, query, keyId = 'key-a', identity, idName = 'id' } = call;
  const [method, path] = route.split(' ');
  const [, resource, id] = FIXED_PATHS.includes(path) ? [undefined, path.slice(1)] : /^\/(images\/batches|[^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  return {
    httpMethod: method,
    resource: id === undefined ? `/${resource}` : `/${resource}/{${idName}}`,
    pathParameters: id === undefined ? null : { [idName]: id },
    queryStringParameters: query ? mapValues(query, (value) => [value].flat().at(-1)) : null,
    multiValueQueryStringParameters: query ? mapValues(query, (value) => [value].flat()) : null,
    headers,
    body: rawBody ?? (body === undefined ? null : JSON.stringify(body)),
    isBase64Encoded,
    requestContext: {
      requestId: 'request-1', path: call.path ?? `/prod${path}`, domainName: 'api.example.com', identity: identity ?? { apiKeyId: keyId },
    },
  } as unknown as APIGatewayProxyEvent;
}

/** The whole application on fakes: nothing leaves the process, and time passes only when told. */
export class World {
  public readonly models = new FakeModels();
  public readonly store = new FakeStore();
  public readonly records = new FakeRecords();
  public readonly claims = new FakeClaims();
  public readonly texts = new FakeTexts();
  public readonly guard = new FakeGuard();
  public readonly queue = new FakeQueue();
  public readonly batches = new FakeBatches();
  public readonly eventPublisher = new FakeEventPublisher();
  public readonly logs: string[] = [];
  public readonly slept: number[] = [];
  public time = START;
  private ids = 0;

  constructor(private readonly configuration: HandlerConfiguration = CONFIGURATION) {}

  /** One request by alice, unless another key is named. Whatever it tests, the answer must be one that `GET /openapi.json` knows. */
  public async call(route: string, call: Call = {}): Promise<Response> {
    const event = eventOf(route, call);
    const context = this.context();
    const result = await createRouter(context)(event, this.time + TIME_MS);
    const json = result.body.startsWith('{') ? JSON.parse(result.body) : {};
    const { statusCode: status, body: text, isBase64Encoded: isBase64 = false } = result;
    const answer = { status, headers: result.headers as Record<string, string>, text, json, isBase64 };
    expectDocumented(await checkerFor(context), event.httpMethod, event.resource, answer);
    return answer;
  }

  /** Hands a message to a worker; answers whether it has done its work. */
  public async work(message: JobMessage | string, receives = 1): Promise<boolean> {
    const body = typeof message === 'string' ? message : JSON.stringify(message);
    const record = { messageId: 'm', receiptHandle: 'r', body, attributes: { ApproximateReceiveCount: String(receives) } };
    const { batchItemFailures } = await createWorker(this.context())({ Records: [record] } as SQSEvent, 'work-1', this.time + TIME_MS);
    return batchItemFailures.length === 0;
  }

  private context(): HandlerContext {
    const world = this;
    const { edits, models, policy, textModel, queue } = this.configuration;
    const promptPolicy = new PromptPolicy(policy);
    return {
      configuration: this.configuration,
      models: new ModelRegistry(models, policy),
      edits: edits ? allowedEdits(edits, policy) : [],
      text: textModel && allowedText(textModel, policy),
      promptPolicy,
      signer: {
        sign: async (key, signedAt, expiresIn) => `https://signed/${key}?at=${signedAt.toISOString()}&for=${expiresIn}`,
        signUpload: async (key, { contentType, maxBytes, expiresIn }) => (
          { url: 'https://bucket', fields: { key, contentType, maxBytes: String(maxBytes), expiresIn: String(expiresIn) } }
        ),
      },
      batches: this.batches,
      queue: queue && this.queue,
      ports: {
        models: this.models,
        texts: textModel && this.texts,
        guard: policy?.guardrail && this.guard,
        eventPublisher: this.configuration.events && this.eventPublisher,
        accepts: (prompt) => promptPolicy.accepts(prompt),
        retain: (prompt) => promptPolicy.retain(prompt),
        store: this.store,
        documents: this.store,
        records: this.records,
        claims: this.claims,
        clock: { now: () => world.time, sleep: async (milliseconds) => { world.slept.push(milliseconds); world.time += milliseconds; } },
        newId: () => `01JD${String(++world.ids).padStart(22, '0')}`,
        log: jsonLogger((line) => this.logs.push(line)),
      },
    };
  }
}

export const throttled = () => new ApiError('THROTTLED', 'the model is throttled', { repeatable: true, retryAfterSeconds: 20 });
