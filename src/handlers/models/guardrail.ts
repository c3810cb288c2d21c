import { types } from 'node:util';
import { ApplyGuardrailCommand, BedrockRuntimeClient, type GuardrailContentBlock, type GuardrailContentSource } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { contentFiltered } from './response-errors';
import type { FilteredContent } from '../../private/contract/errors';
import { GUARDED_FORMATS, GUARDED_TEXT_MAX_LENGTH } from '../../private/contract/requests';
import type { GeneratedImage, Guardrail } from '../generation/ports';
import { readImageFile } from '../images/image-file';
import { ApiError } from '../shared/api-error';
import { characterCount } from '../shared/character-count';
import { abortAt } from '../shared/sdk';

/** Limit of image content filters, see the Bedrock User Guide. */
const IMAGE_MAX_BYTES = 4 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 3_000;

export interface GuardrailTarget {
  readonly id: string;
  readonly version: string;
  readonly region: string;
}

/**
 * A guardrail of Amazon Bedrock, called with ApplyGuardrail and separately from the model. The error then names what was filtered, a
 * filtered prompt costs no model call, and models on SageMaker are supported. Content that the guardrail does not support is filtered.
 */
export class BedrockGuardrail implements Guardrail {
  private readonly client: BedrockRuntimeClient;

  constructor(private readonly target: GuardrailTarget) {
    this.client = new BedrockRuntimeClient({ region: target.region, requestHandler: new NodeHttpHandler({ connectionTimeout: CONNECT_TIMEOUT_MS }) });
  }

  public async checkInput(text: string, images: readonly Uint8Array[], deadline: number): Promise<void> {
    const texts = text === '' ? [] : [textBlock(text, 'prompt')];
    const blocks = images.map((bytes) => imageBlock(bytes, readImageFile(bytes).contentType, 'input'));
    const what = [...texts.map(() => 'prompt'), ...(blocks.length > 0 ? ['input image'] : [])];
    if (what.length > 0) await this.check('INPUT', [...texts, ...blocks], what.join(' or the '), deadline);
  }

  public async checkOutput({ bytes, contentType }: GeneratedImage, deadline: number): Promise<void> {
    await this.check('OUTPUT', [imageBlock(bytes, contentType, 'output')], 'output image', deadline);
  }

  public async checkText(text: string, deadline: number): Promise<void> {
    if (text !== '') await this.check('OUTPUT', [textBlock(text, 'output')], 'response', deadline);
  }

  private async check(source: GuardrailContentSource, content: GuardrailContentBlock[], what: string, deadline: number): Promise<void> {
    const action = await this.apply(source, content, deadline);
    if (action !== 'NONE') throw contentFiltered(what, undefined, 'guardrail');
  }

  private async apply(source: GuardrailContentSource, content: GuardrailContentBlock[], deadline: number): Promise<string | undefined> {
    const { id, version } = this.target;
    try {
      const command = new ApplyGuardrailCommand({ guardrailIdentifier: id, guardrailVersion: version, source, content });
      return (await this.client.send(command, abortAt(deadline))).action;
    } catch (cause) {
      if (isPermanent(cause)) {
        throw new ApiError('MODEL_UNAVAILABLE', 'the guardrail is not available to this API; the operator must correct it (the function log has the cause)', { cause });
      }
      throw new ApiError('MODEL_BUSY', 'the guardrail could not check the content; try again later', { cause, retryAfterSeconds: 10 });
    }
  }
}

/** Exceptions of ApplyGuardrail that each call repeats until the operator changes the guardrail or the permissions of the role. */
const PERMANENT_EXCEPTIONS = ['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'];

function isPermanent(cause: unknown): boolean {
  return types.isNativeError(cause) && PERMANENT_EXCEPTIONS.includes(cause.name);
}

/** ApplyGuardrail rejects longer texts. A text is not checked in parts, because a filtered phrase could begin in one part and end in the next. */
function textBlock(text: string, filtered: FilteredContent): GuardrailContentBlock {
  const length = characterCount(text);
  if (length > GUARDED_TEXT_MAX_LENGTH) {
    throw new ApiError('CONTENT_FILTERED', `the guardrail of this API supports texts of at most ${GUARDED_TEXT_MAX_LENGTH} characters, got ${length}`, { filtered });
  }
  return { text: { text } };
}

function imageBlock(bytes: Uint8Array, contentType: string, filtered: FilteredContent): GuardrailContentBlock {
  const format = GUARDED_FORMATS.find((guarded) => contentType === `image/${guarded}`);
  if (!format) throw new ApiError('CONTENT_FILTERED', `the guardrail of this API supports PNG and JPEG only, got ${contentType}`, { filtered });
  if (bytes.byteLength > IMAGE_MAX_BYTES) {
    throw new ApiError('CONTENT_FILTERED', `the guardrail of this API supports images of at most ${IMAGE_MAX_BYTES} bytes, got ${bytes.byteLength}`, { filtered });
  }
  return { image: { format, source: { bytes } } };
}
