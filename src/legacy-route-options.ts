import { type LegacyReply } from './legacy-reply';

/**
 * HTTP methods of a legacy route.
 */
export enum LegacyMethod {
  /**
   * Parameters are in the query string.
   *
   * Browsers, caches and chat programs send GET requests automatically, and each request generates an image, which is charged. Use it only
   * for clients that cannot send POST.
   */
  GET = 'GET',

  /**
   * Parameters are a JSON object in the body. `Content-Type` is ignored. Parameters that are missing or empty in the body are read from
   * the query string.
   */
  POST = 'POST',
}

/**
 * Options for `ApiRoutes.legacy()`.
 */
export interface LegacyRouteOptions {
  /**
   * Path below the URL of the API: one or two segments of letters, digits and `. _ -`, for example `/generate-image`.
   */
  readonly path: string;

  /**
   * HTTP methods of the route, at least one.
   *
   * @default - [LegacyMethod.POST]
   */
  readonly methods?: LegacyMethod[];

  /**
   * Name of the parameter that contains the prompt: 1 to 64 letters, digits and `. _ -`.
   *
   * @default 'prompt'
   */
  readonly promptParameter?: string;

  /**
   * Other parameters of existing clients, each with the name of the field of `POST /images` (for `LegacyReply.text()`, of `POST /text`), for
   * example `{ numberOfImages: 'count', cfg_scale: 'cfgScale' }`. Several names can map to the same field.
   *
   * For images, `size` stands for width and height in one value such as `1024x768`. A value mapped to `prompt` is appended to the prompt,
   * after a comma.
   *
   * Values out of range get a 400 response with the parameter name of the client. Parameters that the model does not support, and
   * parameters that are not listed here, are ignored; the response lists them in `ignoredParameters` and in the header
   * `X-Ignored-Parameters`.
   *
   * @default - only the prompt is used
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Response format.
   */
  readonly reply: LegacyReply;
}
