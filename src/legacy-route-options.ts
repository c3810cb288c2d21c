import { LegacyReply } from './legacy-reply';

/**
 * Methods that a route of an older system can have.
 */
export enum LegacyMethod {
  /**
   * Parameters come in the query. Browsers, caches and chat programs fetch such addresses on their own, and each time an image is
   * drawn and charged: keep it for clients that know no better.
   */
  GET = 'GET',

  /**
   * Parameters come as a JSON object in the body, whatever `Content-Type` says, and those that it lacks or leaves empty in the query.
   */
  POST = 'POST',
}

/**
 * A route as clients of an older system know it.
 */
export interface LegacyRouteOptions {
  /**
   * Where those clients call, below the URL of the API: one or two segments of letters, digits and `. _ -`, for example
   * `/generate-image`.
   */
  readonly path: string;

  /**
   * How they call. Each once, at least one.
   *
   * @default - [LegacyMethod.POST]
   */
  readonly methods?: LegacyMethod[];

  /**
   * What they call the prompt: 1 to 64 letters, digits and `. _ -`.
   *
   * @default 'prompt'
   */
  readonly promptParameter?: string;

  /**
   * What else they send, each with the name that `POST /images` (or with `LegacyReply.text()` `POST /text`) has for it, for
   * example `{ numberOfImages: 'count', cfg_scale: 'cfgScale' }`. Several names may mean the same. For images `size` stands for width
   * and height in one text, as in `1024x768`; and what goes to `prompt` is added to the prompt, after a comma.
   *
   * Values out of range are answered 400, by the old name. What the model cannot honour, and what is not listed here, is
   * ignored; the answer names it in `ignoredParameters` and in the header `X-Ignored-Parameters`.
   *
   * @default - the prompt alone is heeded
   */
  readonly parameters?: { [name: string]: string };

  /**
   * What they get.
   */
  readonly reply: LegacyReply;
}
