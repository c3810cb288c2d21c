import { CONFIGURATION, REMAINING_TIME_MS, World, type Call, type Response } from './world';
import type { JobMessage, JobRecord } from '../../src/handlers/generation/storage/records';
import type { HandlerConfiguration } from '../../src/private/contract/configuration';

/** An API with queued delivery. */
export const QUEUED: HandlerConfiguration = {
  ...CONFIGURATION,
  edits: { region: 'us-east-1', operations: ['remove-background', 'style-transfer'] },
  policy: { deny: ['forbidden fruit'] },
  queue: { url: 'https://queue', deadLetterUrl: 'https://dead', concurrency: 4, maxReceiveCount: 3, maxAgeSeconds: 3600 },
};

/** How long a job is leased to a worker. */
export const LEASE_MS = REMAINING_TIME_MS + 5_000;

/** A World whose tests enqueue jobs and deliver their messages. */
export class QueuedWorld extends World {
  constructor(configuration: HandlerConfiguration = QUEUED) {
    super(configuration);
  }

  /** Sends `POST /images` with `Prefer: respond-async`. */
  public enqueue(body: object = { prompt: 'a bay' }, { headers, ...call }: Call = {}): Promise<Response> {
    return this.call('POST /images', { body, ...call, headers: { Prefer: 'respond-async', ...headers } });
  }

  /** Returns the body of `GET /images/{id}`. */
  public async status(id: string): Promise<Response['json']> {
    return (await this.call(`GET /images/${id}`)).json;
  }

  /** The newest message of the queue. */
  public get message(): JobMessage {
    return this.queue.messages.at(-1)!.message;
  }

  /** The record of the first job. */
  public get job(): JobRecord {
    return this.records.items[0] as JobRecord;
  }

  /** Delivers the newest message until the worker deletes it. */
  public async drain(): Promise<void> {
    for (let receiveCount = 1; receiveCount < 10; receiveCount++) {
      if (await this.deliver(this.message, receiveCount)) return;
      this.time += LEASE_MS;
    }
  }

  /** Delivers all messages, in order. */
  public async deliverAll(): Promise<boolean[]> {
    const results: boolean[] = [];
    for (const { message } of this.queue.messages.splice(0)) results.push(await this.deliver(message));
    return results;
  }

  /** Returns the log lines with a message. */
  public logged(message: string): Record<string, unknown>[] {
    return this.logs.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line.message === message);
  }
}
