import { Token } from 'aws-cdk-lib';
import { ConfiguredPolicy } from './private/contract/configuration';
import { numberInRange } from './private/validation/rules';

/**
 * What is kept of a prompt in the record of its images.
 */
export enum PromptRetention {
  /**
   * The prompt. Its owner reads it with the image.
   */
  STORE = 'store',

  /**
   * A hash of the prompt: equal prompts can be told, but not what they were.
   */
  HASH = 'hash',

  /**
   * Nothing.
   */
  NONE = 'none',
}

/**
 * A guardrail of Amazon Bedrock, for example a `CfnGuardrail` of `aws-cdk-lib/aws-bedrock`.
 */
export interface GuardrailReference {
  /**
   * Its id, for example `guardrail.attrGuardrailId`; not the ARN.
   */
  readonly guardrailId: string;

  /**
   * The version to apply: a number, for example `guardrailVersion.attrVersion`, or `DRAFT`.
   */
  readonly guardrailVersion: string;

  /**
   * Region where it lives: that of the model.
   */
  readonly region: string;
}

/**
 * What prompts are allowed, and what is kept of them.
 */
export interface PromptPolicyOptions {
  /**
   * The longest prompt, in characters from 1 to 10,000.
   *
   * An emoji counts as one character. The limit of the model applies as well.
   *
   * @default - the limit of the model
   */
  readonly maxChars?: number;

  /**
   * Words and phrases that no prompt may contain, as whole words (in scripts without spaces: anywhere), whatever their case, width and spacing.
   *
   * Prompts with one are answered 422 `CONTENT_FILTERED` before any model is called. The list travels in the environment
   * of the function, which has room for about 2,500 bytes; for more than a list use a guardrail.
   *
   * @default - no words
   */
  readonly deny?: string[];

  /**
   * Guardrail that looks at prompts and at images; where it intervenes, requests are answered 422 `CONTENT_FILTERED`.
   *
   * It must live in the region of `model`. Each check is charged by Bedrock and takes time. Guardrails look at PNG and JPEG images
   * of up to 4 MB.
   *
   * @default - the filters of the model alone
   */
  readonly guardrail?: GuardrailReference;

  /**
   * What is kept of a prompt in the record of its images.
   *
   * @default PromptRetention.STORE
   */
  readonly retention?: PromptRetention;
}

/**
 * What prompts are allowed, and what is kept of them.
 *
 * Whatever the policy, prompts are normalised (Unicode NFC), must hold no control characters, and are never logged.
 */
export class PromptPolicy {
  /**
   * A policy of these parts.
   */
  public static of(options: PromptPolicyOptions): PromptPolicy {
    return new PromptPolicy(options);
  }

  /**
   * A policy that denies prompts with one of these words or phrases.
   */
  public static deny(words: string[]): PromptPolicy {
    return new PromptPolicy({ deny: words });
  }

  private readonly options: PromptPolicyOptions;

  private constructor(options: PromptPolicyOptions) {
    this.options = options;
  }

  /**
   * The guardrail, where there is one.
   *
   * @internal
   */
  public get _guardrail(): GuardrailReference | undefined {
    return this.options.guardrail;
  }

  /**
   * Problems of the options, in the words of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _problems(modelRegion: string): string[] {
    const { maxChars, deny, guardrail } = this.options;
    return [
      ...numberInRange('promptPolicy.maxChars', maxChars, { min: 1, max: 10_000, integer: true }),
      ...denyProblems(deny),
      ...(guardrail ? guardrailProblems(guardrail, modelRegion) : []),
    ];
  }

  /**
   * What the handler has to be told; nothing where all is as by default.
   *
   * @internal
   */
  public _configuration(): ConfiguredPolicy | undefined {
    const { maxChars, deny, guardrail, retention } = this.options;
    const policy: ConfiguredPolicy = {
      ...(maxChars !== undefined && { maxChars }),
      ...(deny?.length && { deny }),
      ...(guardrail && { guardrail: { id: guardrail.guardrailId, version: guardrail.guardrailVersion, region: guardrail.region } }),
      ...(retention !== undefined && retention !== PromptRetention.STORE && { retention }),
    };
    return Object.keys(policy).length > 0 ? policy : undefined;
  }
}

function denyProblems(words: readonly string[] | undefined): string[] {
  if (words === undefined) return [];
  if (Token.isUnresolved(words)) return ["'promptPolicy.deny' must be a list whose length is known at synthesis; give tokens as its items"];
  return words.some(isBlank) ? ["'promptPolicy.deny' must hold words and phrases, got an empty one, which every prompt contains"] : [];
}

/** Invisible characters do not count when prompts are compared with a word. */
function isBlank(word: string): boolean {
  return word.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '').trim() === '';
}

const GUARDRAIL_ID = /^[a-z0-9]+$/;
const GUARDRAIL_VERSION = /^(DRAFT|[1-9][0-9]{0,7})$/;

function guardrailProblems({ guardrailId, guardrailVersion, region }: GuardrailReference, modelRegion: string): string[] {
  const problems: string[] = [];
  if (!Token.isUnresolved(guardrailId) && !GUARDRAIL_ID.test(guardrailId)) {
    problems.push(`'promptPolicy.guardrail.guardrailId' must be the id of a guardrail, small letters and digits, got '${guardrailId}'`);
  }
  if (!Token.isUnresolved(guardrailVersion) && !GUARDRAIL_VERSION.test(guardrailVersion)) {
    problems.push(`'promptPolicy.guardrail.guardrailVersion' must be a number or 'DRAFT', got '${guardrailVersion}'`);
  }
  if (!Token.isUnresolved(region) && !Token.isUnresolved(modelRegion) && region !== modelRegion) {
    problems.push(`'promptPolicy.guardrail' must live in the region of the model, ${modelRegion}, got one in ${region}; create it there`);
  }
  return problems;
}
