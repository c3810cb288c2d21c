/** The event of API Gateway, as far as the handlers of this folder use it. */
export interface ApiEvent {
  readonly body: string | null;
  readonly pathParameters: Readonly<Record<string, string>> | null;
  readonly queryStringParameters: Readonly<Record<string, string>> | null;
  readonly requestContext: { readonly identity: { readonly apiKeyId?: string } };
}

export interface ApiResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ImageRequest {
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly aspectRatio?: string;
  readonly seed?: number;
  readonly outputFormat?: 'png' | 'jpeg';
}

export const MODEL_ID = 'stability.stable-image-core-v1:1';
export const EXPIRES_IN = 3600;
export const RETENTION_SECONDS = 30 * 24 * 3600;

const ASPECT_RATIOS = ['1:1', '16:9', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'];
const FIELDS = ['prompt', 'negativePrompt', 'aspectRatio', 'seed', 'outputFormat'];
const MAX_PROMPT = 10_000;
const MAX_SEED = 4_294_967_294;
const CLIENTS = JSON.parse(process.env.CLIENTS ?? '{}') as Readonly<Record<string, string>>;

export function respond(statusCode: number, body: object): ApiResponse {
  return { statusCode, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** Returns the owner of the images that a caller creates and can read. */
export function ownerOf({ requestContext: { identity } }: ApiEvent): string | undefined {
  return CLIENTS[identity.apiKeyId ?? ''];
}

export function parseJson(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
}

/** Returns what is not valid in a request. */
export function problemsOf(body: unknown): string[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return ['the body must be a JSON object'];
  const { prompt, negativePrompt, aspectRatio = '1:1', seed = 0, outputFormat = 'png' } = body as Record<string, unknown>;
  return [
    ...Object.keys(body).filter((name) => !FIELDS.includes(name)).map((name) => `${name} is not a field`),
    ...isText(prompt) ? [] : [`prompt must be a text of 1 to ${MAX_PROMPT} characters`],
    ...negativePrompt === undefined || isText(negativePrompt) ? [] : [`negativePrompt must be a text of 1 to ${MAX_PROMPT} characters`],
    ...ASPECT_RATIOS.includes(String(aspectRatio)) ? [] : [`aspectRatio must be one of ${ASPECT_RATIOS.join(', ')}`],
    ...Number.isInteger(seed) && Number(seed) >= 0 && Number(seed) <= MAX_SEED ? [] : [`seed must be a whole number from 0 to ${MAX_SEED}`],
    ...['png', 'jpeg'].includes(String(outputFormat)) ? [] : ['outputFormat must be png or jpeg'],
  ];
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_PROMPT;
}

/** Returns the body of InvokeModel. */
export function modelRequest({ prompt, negativePrompt, aspectRatio = '1:1', seed = 0, outputFormat = 'png' }: ImageRequest): string {
  return JSON.stringify({
    prompt,
    mode: 'text-to-image',
    aspect_ratio: aspectRatio,
    output_format: outputFormat,
    seed,
    ...(negativePrompt !== undefined && { negative_prompt: negativePrompt }),
  });
}
