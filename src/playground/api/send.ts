/** Sends requests to the API. Never throws: each outcome is an `ApiResult`. */
import { type JsonObject } from '../../private/contract/json-object';
import { BUDGET_REMAINING_HEADER, REPLAYED_HEADER } from '../../private/contract/routes';
import { type ApiProblem, type ApiResult } from '../api-result';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path of the route with its query, such as `/images?limit=24`. */
  readonly path: string;
  readonly body?: JsonObject;
  /** `Idempotency-Key` of a request that creates images. */
  readonly key?: string;
  /** Whether to enqueue the request and to return its job. */
  readonly enqueue?: boolean;
  /** Stops waiting for the response. */
  readonly signal?: AbortSignal;
}

export type Send = <T>(request: ApiRequest) => Promise<ApiResult<T>>;

export interface SendOptions {
  /** Path of the API on the page's own origin, such as `/api`. */
  readonly base: string;
  readonly fetch: typeof fetch;
  /** Adds the credentials to the headers. */
  readonly authorize: (headers: Headers) => void;
  /** Returns whether there are newer credentials than those in rejected headers. */
  readonly renew: (headers: Headers) => Promise<boolean>;
  readonly isOnline: () => boolean;
  /** Receives what remains of the daily budget, which the API reports with each response that charges. */
  readonly onBudget: (remainingUsd: number) => void;
  /** The API rejected the credentials. */
  readonly onUnauthenticated: (problem: ApiProblem) => void;
}

interface Sent {
  readonly headers: Headers;
  readonly response: Response;
}

const HTTP_UNAUTHORIZED = 401;

/** Creates the function that sends requests. */
export function createSend(options: SendOptions): Send {
  return async <T>(request: ApiRequest): Promise<ApiResult<T>> => {
    try {
      const first = await fetchOnce(request, options);
      // new credentials are tried once; the API has done nothing with the rejected ones
      const isOutdated = first.response.status === HTTP_UNAUTHORIZED && await options.renew(first.headers);
      const { response } = isOutdated ? await fetchOnce(request, options) : first;
      return await resultOf<T>(response, options);
    } catch {
      if (request.signal?.aborted) return { ok: false, lost: 'stopped' };
      return { ok: false, lost: options.isOnline() ? 'connection' : 'offline' };
    }
  };
}

/** Sends a request. Returns the response, and the headers of the request. */
async function fetchOnce({ method, path, body, key, enqueue, signal }: ApiRequest, { base, fetch, authorize }: SendOptions): Promise<Sent> {
  const headers = new Headers({ accept: 'application/json' });
  if (body) headers.set('content-type', 'application/json');
  if (key !== undefined) headers.set('idempotency-key', key);
  if (enqueue) headers.set('prefer', 'respond-async');
  authorize(headers);
  // credentials: the API has no cookies, and other applications of the origin must not get theirs sent to it
  const init: RequestInit = { method, headers, credentials: 'omit', ...(body && { body: JSON.stringify(body) }), ...(signal && { signal }) };
  return { headers, response: await fetch(`${base}${path}`, init) };
}

async function resultOf<T>(response: Response, { onBudget, onUnauthenticated }: SendOptions): Promise<ApiResult<T>> {
  const { status, headers, ok } = response;
  const remainingUsd = budgetOf(headers);
  if (remainingUsd !== undefined) onBudget(remainingUsd);
  const json = status === 204 ? undefined : parseJson(await response.text());
  if (ok) return status === 204 || isObject(json) ? { ok, status, value: json as T } : { ok: false, lost: 'unreachable' };
  // a page of CloudFront or of a proxy, and not a response of the API
  if (!isProblem(json)) return { ok: false, lost: 'unreachable' };
  if (json.code === 'UNAUTHENTICATED') onUnauthenticated(json);
  const seconds = retrySeconds(headers.get('retry-after'));
  const problem = remainingUsd === undefined ? json : { ...json, budgetRemainingUsd: remainingUsd };
  return { ok: false, problem, ...(seconds !== undefined && { retryAfter: seconds }), replayed: headers.get(REPLAYED_HEADER) === 'true' };
}

function budgetOf(headers: Headers): number | undefined {
  const text = headers.get(BUDGET_REMAINING_HEADER);
  return text !== null && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isProblem(value: unknown): value is ApiProblem {
  return isObject(value) && typeof value.code === 'string' && typeof value.status === 'number';
}

/** The API sends seconds only; a date would be from a proxy. */
function retrySeconds(text: string | null): number | undefined {
  return text !== null && /^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined;
}
