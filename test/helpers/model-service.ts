import * as http2 from 'node:http2';
import { BedrockRuntimeClient, type BedrockRuntimeClientConfig, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { createCanvas, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type ModelService } from '../../local/model-service/server';

export const CORE = 'stability.stable-image-core-v1:1';
export const ULTRA = 'stability.stable-image-ultra-v1:1';
export const SD35 = 'stability.sd3-5-large-v1:0';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Creates a client that uses HTTP/1.1 and does not retry. */
export function http1Client(service: ModelService, options: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    endpoint: service.url,
    region: 'us-west-2',
    credentials: CREDENTIALS,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
    ...options,
  });
}

/** Creates a client with the SDK's default, HTTP/2 with prior knowledge. */
export function http2Client(service: ModelService): BedrockRuntimeClient {
  return new BedrockRuntimeClient({ endpoint: service.url, region: 'us-west-2', credentials: CREDENTIALS, maxAttempts: 1 });
}

export interface StabilityResponse {
  readonly seeds: number[];
  readonly finish_reasons: (string | null)[];
  readonly images?: string[];
}

/** Calls InvokeModel and parses the response. */
export async function invoke(client: BedrockRuntimeClient, modelId: string, body: unknown): Promise<StabilityResponse> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await client.send(new InvokeModelCommand({ modelId, body: text, contentType: 'application/json' }));
  return JSON.parse(response.body.transformToString()) as StabilityResponse;
}

/** Returns the first image of a response. */
export function imageOf(response: StabilityResponse): Buffer {
  return Buffer.from(response.images?.[0] ?? '', 'base64');
}

/** Client options with a Region from which the inference profiles in the tests can be called. */
export const EAST: BedrockRuntimeClientConfig = { region: 'us-east-1' };

/** Decodes the pixels of an image file. */
export async function pixelsOf(image: Buffer): Promise<Pixels> {
  const loaded = await loadImage(image);
  const ctx = createCanvas(loaded.width, loaded.height).getContext('2d');
  ctx.drawImage(loaded, 0, 0);
  return { width: loaded.width, height: loaded.height, data: ctx.getImageData(0, 0, loaded.width, loaded.height).data };
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

export type Painter = (ctx: SKRSContext2D) => void;

/** Creates an image file. It is white by default. */
export function imageFile(width: number, height: number, paint: Painter = whiten, format: 'png' | 'jpeg' | 'webp' = 'png'): Buffer {
  const canvas = createCanvas(width, height);
  paint(canvas.getContext('2d'));
  // toBuffer has one overload per format
  if (format === 'jpeg') return canvas.toBuffer('image/jpeg');
  return format === 'webp' ? canvas.toBuffer('image/webp') : canvas.toBuffer('image/png');
}

function whiten(ctx: SKRSContext2D): void {
  ctx.fillStyle = '#fff';
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
}

/** Sets the mode of the service. */
export async function setMode(service: ModelService, mode: unknown): Promise<Response> {
  return fetch(`${service.controlUrl}/mode`, { method: 'PUT', body: typeof mode === 'string' ? mode : JSON.stringify(mode) });
}

export interface Calls {
  readonly total: number;
  readonly mostAtOnce: number;
  readonly calls: { readonly modelId: string; readonly outcome: string; readonly at: string }[];
  readonly guardrailCalls: { readonly guardrailId: string; readonly source?: string; readonly outcome: string }[];
}

/** Returns the recorded calls. */
export async function calls(service: ModelService): Promise<Calls> {
  return (await fetch(`${service.controlUrl}/calls`)).json() as Promise<Calls>;
}

/** Returns an Authorization header for a Region. The service does not verify the signature. */
export function authorization(region = 'us-west-2', service = 'bedrock'): string {
  return `AWS4-HMAC-SHA256 Credential=test/20261121/${region}/${service}/aws4_request, `
    + `SignedHeaders=host;x-amz-date, Signature=${'a'.repeat(64)}`;
}

/** Sends a request without the SDK, for bodies that the SDK rejects. */
export async function post(
  service: ModelService,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { authorization: authorization() },
): Promise<Response> {
  return fetch(service.url + path, { method: 'POST', body, headers });
}

/** Returns the path of InvokeModel. */
export function invokePath(modelId: string): string {
  return `/model/${encodeURIComponent(modelId)}/invoke`;
}

/** Sends a GET request over a new HTTP/2 connection without TLS. */
export async function http2Get(url: string): Promise<{ status: number; body: string }> {
  const session = http2.connect(new URL(url).origin);
  try {
    const stream = session.request({ ':path': new URL(url).pathname });
    return await new Promise((resolve, reject) => {
      let status = 0;
      let body = '';
      stream.on('response', (headers) => { status = Number(headers[':status']); });
      stream.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; });
      stream.on('end', () => resolve({ status, body })).on('error', reject);
      session.on('error', reject);
    });
  } finally {
    session.close();
  }
}
