import * as crypto from 'node:crypto';
import { imageSize } from 'image-size';
import { signRequest } from './sign-request';
import { Outputs } from '../app/outputs';
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

/** Asks the API for an image, as any client would: with an API key, or signed where the app has none. */
export async function requestImage(outputs: Outputs, body: Readonly<Record<string, unknown>>): Promise<CreateImageResponse> {
  const url = `${outputs.baseUrl}/images`;
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, {
    method: 'POST',
    body: text,
    headers: outputs.apiKey ? { ...headers, 'x-api-key': outputs.apiKey } : await signRequest('POST', url, headers, text, CREDENTIALS, REGION),
  });
  const answer = await response.text();
  if (response.status !== 201) throw new LocalRunError(`POST ${url} answered ${response.status}`, 'see the logs named below', lastLines(answer));
  return JSON.parse(answer) as CreateImageResponse;
}

/** Follows the presigned URL and makes sure that an image comes. */
export async function downloadImage({ id, images: [image] }: CreateImageResponse): Promise<DownloadedImage> {
  const response = await fetch(image.url);
  const bytes = Buffer.from(await response.arrayBuffer());
  const where = new URL(image.url);
  const shown = `${where.origin}${where.pathname}`;
  if (!response.ok) throw new LocalRunError(`GET ${shown} answered ${response.status}`, 'see the logs named below', lastLines(bytes.toString()));
  try {
    const { type = '', width, height } = imageSize(bytes);
    return { id, seed: image.seed, bytes, type, width, height };
  } catch (error) {
    throw new LocalRunError(`GET ${shown} gave ${bytes.length} bytes that are no image`, 'see the logs named below', (error as Error).message);
  }
}

export function sha256(bytes: Buffer): string {
  return crypto.createHash('sha256').update(bytes).digest('hex');
}
