import * as http2 from 'node:http2';
import { BedrockRuntimeClient, BedrockRuntimeClientConfig, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { createCanvas, loadImage, SKRSContext2D } from '@napi-rs/canvas';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ModelService } from '../../local/model-service/server';

export const CORE = 'stability.stable-image-core-v1:1';
export const ULTRA = 'stability.stable-image-ultra-v1:1';
export const SD35 = 'stability.sd3-5-large-v1:0';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A client that sends each request once, over HTTP/1.1. */
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

/** A client as the SDK makes it by default: HTTP/2 with prior knowledge. */
export function http2Client(service: ModelService): BedrockRuntimeClient {
  return new BedrockRuntimeClient({ endpoint: service.url, region: 'us-west-2', credentials: CREDENTIALS, maxAttempts: 1 });
}

export interface StabilityAnswer {
  readonly seeds: number[];
  readonly finish_reasons: (string | null)[];
  readonly images?: string[];
}

export async function invoke(client: BedrockRuntimeClient, modelId: string, body: unknown): Promise<StabilityAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await client.send(new InvokeModelCommand({ modelId, body: text, contentType: 'application/json' }));
  return JSON.parse(answer.body.transformToString()) as StabilityAnswer;
}

/** The image of an answer that has one. */
export function imageOf(answer: StabilityAnswer): Buffer {
  return Buffer.from(answer.images?.[0] ?? '', 'base64');
}

/** The region from which the client calls in these tests what is called through a profile. */
export const EAST: BedrockRuntimeClientConfig = { region: 'us-east-1' };

/** The pixels of an image file. */
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

/** An image file with something painted on it, white unless told otherwise. */
export function imageFile(width: number, height: number, paint: Painter = whiten, format: 'png' | 'jpeg' | 'webp' = 'png'): Buffer {
  const canvas = createCanvas(width, height);
  paint(canvas.getContext('2d'));
  // One signature a format
  if (format === 'jpeg') return canvas.toBuffer('image/jpeg');
  return format === 'webp' ? canvas.toBuffer('image/webp') : canvas.toBuffer('image/png');
}

function whiten(ctx: SKRSContext2D): void {
  ctx.fillStyle = '#fff';
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
}

export async function setMode(service: ModelService, mode: unknown): Promise<Response> {
  return fetch(`${service.controlUrl}/mode`, { method: 'PUT', body: typeof mode === 'string' ? mode : JSON.stringify(mode) });
}

export interface Calls {
  readonly total: number;
  readonly mostAtOnce: number;
  readonly calls: { readonly modelId: string; readonly outcome: string; readonly at: string }[];
  readonly guardrailCalls: { readonly guardrailId: string; readonly source?: string; readonly outcome: string }[];
}

export async function calls(service: ModelService): Promise<Calls> {
  return (await fetch(`${service.controlUrl}/calls`)).json() as Promise<Calls>;
}

/** An Authorization header as a caller in `region` sends it; the service cannot check the signature itself. */
export function authorization(region = 'us-west-2', service = 'bedrock'): string {
  return `AWS4-HMAC-SHA256 Credential=test/20261121/${region}/${service}/aws4_request, `
    + `SignedHeaders=host;x-amz-date, Signature=${'a'.repeat(64)}`;
}

/** A request without the SDK, to send what the SDK would not. */
export async function post(
  service: ModelService,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { authorization: authorization() },
): Promise<Response> {
  return fetch(service.url + path, { method: 'POST', body, headers });
}

export function invokePath(modelId: string): string {
  return `/model/${encodeURIComponent(modelId)}/invoke`;
}

/** One GET over a new HTTP/2 connection without TLS. */
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
