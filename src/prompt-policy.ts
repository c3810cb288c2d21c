/**
 * What the record of an image stores of its prompt.
 */
export enum PromptRetention {
  /**
   * The prompt. The owner can read it with the image.
   */
  STORE = 'store',

  /**
   * A SHA-256 hash of the prompt, which shows that two prompts are equal.
   */
  HASH = 'hash',

  /**
   * Nothing.
   */
  NONE = 'none',
}

/**
 * A guardrail of Amazon Bedrock, for example a `CfnGuardrail` of `aws-cdk-lib/aws-bedrock`, in the region of `model`.
 */
export interface GuardrailReference {
  /**
   * Guardrail id, for example `guardrail.attrGuardrailId`. Not the ARN.
   */
  readonly guardrailId: string;

  /**
   * Guardrail version: a number, for example `guardrailVersion.attrVersion`, or `DRAFT`.
   */
  readonly guardrailVersion: string;
}

/**
 * Prompts that the API accepts, and what it stores of them.
 *
 * Prompts are always normalized (Unicode NFC), cannot contain control characters, and are never logged.
 */
export interface PromptPolicyOptions {
  /**
   * Maximum length of a prompt in characters, from 1 to 10,000. An emoji counts as one character.
   *
   * The limit of the model applies as well.
   *
   * @default - the limit of the model
   */
  readonly maxChars?: number;

  /**
   * Words and phrases that prompts cannot contain. They match as whole words (in scripts without spaces, anywhere), regardless of case,
   * width and spacing.
   *
   * A prompt with a denied word gets a 422 response with the code `CONTENT_FILTERED`, before any model is called. The list is part of the
   * environment of the function, which has room for about 2,500 bytes; use a guardrail for more.
   *
   * @default - no words
   */
  readonly deny?: string[];

  /**
   * Guardrail that evaluates prompts and images. A request that the guardrail blocks gets a 422 response with the code `CONTENT_FILTERED`.
   *
   * The guardrail must be in the region of `model`. Bedrock charges for each evaluation, and each adds latency. Guardrails evaluate PNG and
   * JPEG images of up to 4 MB.
   *
   * @default - only the filters of the model
   */
  readonly guardrail?: GuardrailReference;

  /**
   * What the record of an image stores of its prompt.
   *
   * @default PromptRetention.STORE
   */
  readonly retention?: PromptRetention;
}
