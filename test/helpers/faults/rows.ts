import type { FaultWorld } from './world';
import type { ErrorCode } from '../../../src/private/contract/errors';
import type { ApiResponse } from '../e2e/client';

/** What the client receives. */
export interface ExpectedResponse {
  /** `undefined`: the client has closed the connection. */
  readonly status?: number;
  readonly code?: ErrorCode;
  /** Seconds, or `midnight`: until midnight UTC. Without it, the response has no `Retry-After`. */
  readonly retryAfter?: number | 'midnight' | 'at most 5';
  /** JSON pointers of the validation errors. */
  readonly errors?: readonly string[];
  /** Other members of the body. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Code of the problem of a failed job. */
  readonly problem?: ErrorCode;
  /** Maximum time of the last request, or of all requests of the row. */
  readonly withinMs?: number;
}

/** Model calls of the functions, how many of them returned an image, and by how much the budget items of the day increase. */
export interface ExpectedCharge {
  readonly calls: number;
  readonly images: number;
  readonly usd: number;
}

/** New objects and items: images and other objects in the bucket, image records and idempotency keys in the table. */
export interface ExpectedStorage {
  readonly images?: number;
  readonly documents?: number;
  readonly records?: number;
  readonly keys?: number;
  /** New messages in the dead-letter queue. */
  readonly deadLetters?: number;
}

export interface ExpectedLogLine {
  readonly level: 'info' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Number of equal lines. The default is one. */
  readonly times?: number;
}

export interface FaultRow {
  /** A sentence that states the fault. */
  readonly fault: string;
  /** Runs before the state is read with which `charged` and `stored` compare. */
  readonly prepare?: (world: FaultWorld) => Promise<unknown>;
  /** Causes the fault, sends the requests and returns the last response. */
  readonly run: (world: FaultWorld) => Promise<ApiResponse>;
  readonly response: ExpectedResponse;
  readonly charged: ExpectedCharge;
  readonly stored: ExpectedStorage;
  readonly logged: readonly ExpectedLogLine[];
}

export interface FaultArea {
  readonly name: string;
  /** What the rows have in common. */
  readonly about: string;
  readonly rows: readonly FaultRow[];
}

/** Price of one image of the default model in US dollars. */
export const PRICE = 0.04;
export const NOTHING: ExpectedCharge = { calls: 0, images: 0, usd: 0 };

/** Returns a charge of a number of images. */
export function images(count: number, calls = count): ExpectedCharge {
  return { calls, images: count, usd: PRICE * count };
}

/** Returns the line of a request in the log. */
export function request(status: number, code?: ErrorCode): ExpectedLogLine {
  return { level: 'info', message: 'request', fields: { status, ...(code && { code }) } };
}

export function error(message: string, fields: Readonly<Record<string, unknown>>, times = 1): ExpectedLogLine {
  return { level: 'error', message, fields, times };
}

/** The line of a received message in the log of the worker. */
export const JOB: ExpectedLogLine = { level: 'info', message: 'job', fields: {} };
