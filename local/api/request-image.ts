import * as crypto from 'node:crypto';
import { imageSize } from 'image-size';
import { signRequest } from './sign-request';
import { type Outputs } from '../app/outputs';
import { lastLines, LocalRunError } from '../cli/local-run-error';
import { CREDENTIALS, REGION } from '../emulator/clients';

export interface DownloadedImage {
  readonly id: string;
  readonly seed: number | undefined;
  readonly bytes: Buffer;
  readonly type: string;
  readonly width: number;
  readonly height: number;
}

interface CreateImageResponse {
  readonly id: string;
  readonly images: readonly { readonly url: string; readonly seed?: number }[];
}

/** Sends `POST /images` with an API key, or with a Signature Version 4 signature if the app has no API keys. */
export async function requestImage(outputs: Outputs, body: Readonly<Record<string, unknown>>): Promise<CreateImageResponse> {
  const url = `${outputs.baseUrl}/images`;
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, {
    method: 'POST',
    body: text,
    headers: outputs.apiKey
      ? { ...headers, 'x-api-key': outputs.apiKey }
      : await signRequest({ method: 'POST', url, headers, body: text, credentials: CREDENTIALS, region: REGION }),
  });
  const responseBody = await response.text();
  if (response.status !== 201) throw new LocalRunError(`POST ${url} returned ${response.status}`, 'see the logs below', lastLines(responseBody));
  return JSON.parse(responseBody) as CreateImageResponse;
}

/** Downloads the image from its presigned URL and reads its type and size. */
export async function downloadImage({ id, images: [image] }: CreateImageResponse): Promise<DownloadedImage> {
  const response = await fetch(image.url);
  const bytes = Buffer.from(await response.arrayBuffer());
  const { origin, pathname } = new URL(image.url);
  const location = `${origin}${pathname}`;
  if (!response.ok) throw new LocalRunError(`GET ${location} returned ${response.status}`, 'see the logs below', lastLines(bytes.toString()));
  try {
    const { type = '', width, height } = imageSize(bytes);
    return { id, seed: image.seed, bytes, type, width, height };
  } catch (error) {
    throw new LocalRunError(`GET ${location} returned ${bytes.length} bytes that are not an image`, 'see the logs below', (error as Error).message);
  }
}

export function sha256(bytes: Buffer): string {
  return crypto.createHash('sha256').update(bytes).digest('hex');
}
