import type { SQSEvent } from 'aws-lambda';
import { apiEvent, type Call } from './api-event';
import {
  FakeBatches, FakeBudgets, FakeClaims, FakeEventPublisher, FakeGuardrail, FakeImageModels, FakeImageRecords, FakeImageStore, FakeJobQueue,
  FakeTextModel,
} from './fakes';
import { checkerFor, expectDocumented } from './openapi-checker';
import { sharedContext } from '../../src/handlers/functions/shared-context';
import type { Budgets, Clock, UploadSigner, UrlSigner } from '../../src/handlers/generation/ports';
import type { JobMessage } from '../../src/handlers/generation/storage/records';
import { createRouter } from '../../src/handlers/http/router';
import { createWorker } from '../../src/handlers/jobs/worker';
import type { SharedContext } from '../../src/handlers/requests/context';
import { ApiError } from '../../src/handlers/shared/api-error';
import { jsonLogger } from '../../src/handlers/shared/log';
import { type HandlerConfiguration, ROUTE_SETS } from '../../src/private/contract/configuration';

export type { Call } from './api-event';
export { PNG } from './fakes';

export const CORE = 'stability.stable-image-core-v1:1';
export const START = Date.UTC(2026, 10, 21, 12, 0, 0, 250);
/** Time until Lambda stops the function, at the start of each invocation. */
export const REMAINING_TIME_MS = 28_000;

export const CONFIGURATION: HandlerConfiguration = {
  api: 'a1b2c3d4e5',
  bucket: 'bucket',
  prefix: 'images/',
  table: 'table',
  expirationDays: 30,
  presignTtlSeconds: 3600,
  corsOrigins: ['https://app.example.com'],
  routes: ROUTE_SETS,
  auth: { mode: 'apiKey', clients: [{ name: 'alice', keyIds: ['key-a', 'key-a2'] }, { name: 'bob', keyIds: ['key-b'] }] },
  models: [{ id: CORE, region: 'us-west-2' }],
};

/** Bodies of all routes. Tests assert the properties. */
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

const SIGNER: UrlSigner & UploadSigner = {
  sign: async (key, signedAt, expiresIn) => `https://signed/${key}?at=${signedAt.toISOString()}&for=${expiresIn}`,
  signUpload: async (key, { contentType, maxBytes, expiresIn }) => (
    { url: 'https://bucket', fields: { key, contentType, maxBytes: String(maxBytes), expiresIn: String(expiresIn) } }
  ),
};

/** The handlers with fakes instead of AWS services, and with a clock that only the test and `sleep` advance. */
export class World {
  public time = START;
  /** Durations of all calls of `sleep`. */
  public readonly slept: number[] = [];
  private readonly clock: Clock = {
    now: () => this.time,
    // the time of Node.js is in whole milliseconds
    sleep: async (milliseconds) => { this.slept.push(milliseconds); this.time += Math.ceil(milliseconds); },
  };
  public readonly models = new FakeImageModels();
  public readonly store = new FakeImageStore(this.clock.now);
  public readonly records = new FakeImageRecords(this.clock.now);
  public readonly claims = new FakeClaims(this.clock.now);
  public readonly textModel = new FakeTextModel();
  public readonly guardrail = new FakeGuardrail();
  public readonly queue = new FakeJobQueue();
  public readonly batches = new FakeBatches(this.clock.now);
  /** A test can replace them with those of the emulator. */
  public budgets: Budgets = new FakeBudgets(this.clock.now);
  public readonly eventPublisher = new FakeEventPublisher(this.clock.now);
  public readonly logs: string[] = [];
  private ids = 0;

  constructor(private readonly configuration: HandlerConfiguration = CONFIGURATION) {}

  /** Sends a request, by default with a key of alice. Fails if `GET /openapi.json` does not document the response. */
  public async call(route: string, call: Call = {}): Promise<Response> {
    const event = apiEvent(route, call);
    const context = this.createContext();
    const { statusCode, headers, body, isBase64Encoded = false } = await createRouter(context)(event, this.time + REMAINING_TIME_MS);
    const json = body.startsWith('{') ? JSON.parse(body) : {};
    const response = { status: statusCode, headers: headers as Record<string, string>, text: body, json, isBase64: isBase64Encoded };
    expectDocumented(await checkerFor(context), event.httpMethod, event.resource, response);
    return response;
  }

  /** Delivers a message to the worker. Returns whether SQS would delete it. */
  public async deliver(message: JobMessage | string, receiveCount = 1): Promise<boolean> {
    const receiptHandle = this.queue.putInFlight(message);
    const body = typeof message === 'string' ? message : JSON.stringify(message);
    const record = { messageId: 'm', receiptHandle, body, attributes: { ApproximateReceiveCount: String(receiveCount) } };
    const { batchItemFailures } = await createWorker(this.createContext())({ Records: [record] } as SQSEvent, 'work-1', this.time + REMAINING_TIME_MS);
    // the test delivers it again
    this.queue.delete(receiptHandle);
    expect([[], [{ itemIdentifier: record.messageId }]]).toContainEqual(batchItemFailures);
    return batchItemFailures.length === 0;
  }

  /** Adapters are present only for configured features, as in functions/adapters.ts. */
  private createContext(): SharedContext {
    const { textModel, policy, queue, events, budget } = this.configuration;
    return sharedContext(this.configuration, {
      models: this.models,
      textModel: textModel && this.textModel,
      guardrail: policy?.guardrail && this.guardrail,
      store: this.store,
      documents: this.store,
      signer: SIGNER,
      records: this.records,
      claims: this.claims,
      batches: this.batches,
      budgets: budget && this.budgets,
      queue: queue && this.queue,
      eventPublisher: events && this.eventPublisher,
      clock: this.clock,
      // sorts by the time, if there is one
      newId: (time) => `01JD${time ?? ''}${String(++this.ids).padStart(time === undefined ? 22 : 9, '0')}`,
      log: jsonLogger((line) => this.logs.push(line)),
    });
  }
}

export const throttled = () => new ApiError('THROTTLED', 'the model is throttled', { repeatable: true, retryAfterSeconds: 20 });
