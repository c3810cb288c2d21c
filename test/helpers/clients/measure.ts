import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PNG } from 'pngjs';
import { type Action, type OpenAiClient } from './catalog';
import { type Failure, type World } from './failures';
import { imageFileWithHole } from '../../fixtures/images';
import { eventually } from '../e2e/eventually';
import { type Sdk, type SdkRequest, type SdkResponse } from '../e2e/sdks';

/** How a client identifies its retries: an `Idempotency-Key`, the count of its SDK, or not at all. */
export type Protection = 'key' | 'count' | 'none';

export interface RunningClient {
  readonly client: OpenAiClient;
  readonly sdk: Sdk;
}

/** What a client does, and what it sends. */
export interface Request {
  readonly action: Action;
  readonly mask?: boolean;
  readonly protection: Protection;
}

/** The result of one image that a client requested. */
export interface Measurement {
  /** Model calls that AWS charges. */
  readonly calls: number;
  /** Where the image came from: the call of the client, with its retries, or a next call of the application with the same key. */
  readonly image: 'call' | 'next call' | 'none';
  /** The exception of the first call. */
  readonly error?: string;
  /** What is wrong: nothing, if the client got the stored image for one model call. */
  readonly problem?: string;
}

const MAX_NEXT_CALLS = 6;
const NEXT_CALL_DELAY_MS = 1000;
const IDLE_TIMEOUT_MS = 60_000;
/** Outcomes of model calls that AWS charges. */
const CHARGED = ['ok', 'slow', 'malformed'];

const base64 = (file: Buffer) => file.toString('base64');
const IMAGE = base64(imageFileWithHole(256, 256, 0));
const MASK = base64(imageFileWithHole(256, 256, 100));

/** Resets the model service and the proxy. */
export async function reset({ api, proxy }: World): Promise<void> {
  // a client that has timed out leaves a request behind
  await eventually(() => proxy.idle || undefined, 'the API does not respond', IDLE_TIMEOUT_MS);
  proxy.next = undefined;
  proxy.onResponse = undefined;
  await api.resetModel('ok');
}

/** Returns the request of a client. */
export function sdkRequest({ api, proxy }: World, { action, mask, protection }: Request, prompt: string, timeoutMs?: number): SdkRequest {
  return {
    action,
    baseUrl: proxy.url,
    apiKey: api.alice,
    params: { prompt },
    timeoutMs,
    ...(action === 'edit' && { files: { image: IMAGE, ...(mask && { mask: MASK }) } }),
    ...(protection === 'key' && { headers: { 'Idempotency-Key': randomUUID() } }),
  };
}

/** Requests one image during a failure, as an application does. Without a failure, all calls succeed. */
export async function measure(world: World, { sdk }: RunningClient, request: Request, failure?: Failure): Promise<Measurement> {
  await reset(world);
  await failure?.prepare(world);
  const prompt = `a lighthouse ${randomUUID()}`;
  const sent = sdkRequest(world, request, prompt, failure?.timeoutMs);
  const first = await sdk.call(sent);
  const last = request.protection === 'key' ? await nextCalls(sdk, sent, first, failure) : first;
  await eventually(() => world.proxy.idle || undefined, 'the API does not respond', IDLE_TIMEOUT_MS);

  if (world.proxy.next ?? world.proxy.onResponse) throw new Error(`the failure '${failure?.title}' did not happen`);
  const calls = await chargedCalls(world);
  const image = last.error === undefined ? first.error === undefined ? 'call' : 'next call' : 'none';
  const problem = image === 'none' ? failure?.final && replayProblem(first, last) : await compareWithStored(world, prompt, last);
  return { calls, image, ...(first.error !== undefined && { error: first.error }), ...(problem && { problem }) };
}

/** Repeats a call until it returns an image. A failure that may have been charged has the same result again. */
async function nextCalls(sdk: Sdk, request: SdkRequest, first: SdkResponse, failure?: Failure): Promise<SdkResponse> {
  let response = first;
  for (let calls = 0; response.error !== undefined && calls < (failure?.final ? 1 : MAX_NEXT_CALLS); calls++) {
    await sleep(NEXT_CALL_DELAY_MS);
    response = await sdk.call(request);
  }
  return response;
}

/** A failure that may have been charged is replayed: the next call fails as the first one did. */
function replayProblem({ status }: SdkResponse, last: SdkResponse): string | undefined {
  return status === last.status ? undefined : `status ${status}, and ${last.status} for the next call with the key`;
}

async function chargedCalls({ api }: World): Promise<number> {
  const { calls } = await (await fetch(`${api.app.outputs.controlUrl}/calls`)).json() as { readonly calls: readonly { readonly outcome: string }[] };
  return calls.filter(({ outcome }) => CHARGED.includes(outcome)).length;
}

/** Compares the image that the client returned with the stored image. Returns the difference. Each charged call stores an image. */
async function compareWithStored({ api }: World, prompt: string, { data = [] }: SdkResponse): Promise<string | undefined> {
  if (data.length !== 1) return `${data.length} images`;
  const [{ b64_json: inline, url }] = data;
  const returned = inline ? Buffer.from(inline, 'base64') : await download(url ?? '');
  const { images } = (await api.call('GET /images?limit=10', { key: api.alice })).json;
  const stored: Buffer[] = [];
  for (const { id } of images.filter((image) => (image as unknown as { readonly prompt: string }).prompt === prompt)) {
    const { json } = await api.call(`GET /images/${id}`, { key: api.alice });
    stored.push(await download(json.images[0].url));
  }
  if (!stored.some((image) => image.equals(returned))) return `none of the ${stored.length} stored images is the returned one`;
  return PNG.sync.read(returned).width > 0 ? undefined : 'the image is empty';
}

async function download(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}
