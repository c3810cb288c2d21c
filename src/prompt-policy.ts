import { type ContentGuardrail } from './content-guardrail';

/**
 * How the record of an image stores the prompt.
 */
export enum PromptRetention {
  /**
   * The prompt. The owner can read it with the image.
   */
  STORE = 'store',

  /**
   * The SHA-256 hash of the prompt.
   */
  HASH = 'hash',

  /**
   * Nothing.
   */
  NONE = 'none',
}

/**
 * Rules for prompts, and how they are stored.
 *
 * Prompts are always normalized (Unicode NFC), cannot contain control characters, and are never logged.
 */
export interface PromptPolicyOptions {
  /**
   * Maximum length of a prompt in characters (Unicode code points), from 1 to 10,000.
   *
   * The limit of the model applies as well.
   *
   * @default - the limit of the model
   */
  readonly maxChars?: number;

  /**
   * Words and phrases that prompts must not contain. They match whole words (in scripts without spaces: anywhere). Case, width,
   * spacing and invisible characters are ignored.
   *
   * A prompt with a denied word gets a 422 response with the code `CONTENT_FILTERED`, before any model is called. The list is part of the
   * environment of the function, which has space for about 2,500 bytes. For more words, use a guardrail.
   *
   * @default - no words
   */
  readonly deny?: string[];

  /**
   * Guardrail that evaluates prompts and images. A request that the guardrail blocks gets a 422 response with the code `CONTENT_FILTERED`.
   *
   * The guardrail must be in the Region of `model`. Bedrock charges for each evaluation, and each evaluation adds latency. Guardrails
   * evaluate PNG and JPEG images of up to 4 MB: other formats get a 400 response, and larger images a 422 response, also after generation.
   *
   * @default - only the filters of the model
   */
  readonly guardrail?: ContentGuardrail;

  /**
   * How the record of an image stores the prompt.
   *
   * @default PromptRetention.STORE
   */
  readonly retention?: PromptRetention;
}
