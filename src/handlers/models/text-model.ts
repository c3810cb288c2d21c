import type { Bedrock } from './bedrock';
import { isRecord } from './response-body';
import { contentFiltered, malformedResponse } from './response-errors';
import type { TextInput, TextModels, TextOutput } from '../generation/ports';

export interface TextTarget {
  /** A model id or an inference profile. */
  readonly invokedId: string;
  readonly region: string;
}

/** Nova rejects 0, which callers send for deterministic output (see its page on inference parameters). */
const MIN_TEMPERATURE = 0.00001;

/** A text model on Amazon Bedrock, called with Converse. */
export class ConverseTextModel implements TextModels {
  constructor(private readonly bedrock: Bedrock, private readonly target: TextTarget) {}

  public async generate({ prompt, system, temperature, topP, maxTokens, stopSequences }: TextInput, deadline: number): Promise<TextOutput> {
    const response: unknown = await this.bedrock.converse(this.target.invokedId, this.target.region, {
      messages: [{ role: 'user', content: [{ text: prompt }] }],
      ...(system !== undefined && { system: [{ text: system }] }),
      // always with a limit: Bedrock reserves quota for the maximum number of tokens
      inferenceConfig: {
        maxTokens,
        ...(temperature !== undefined && { temperature: Math.max(temperature, MIN_TEMPERATURE) }),
        ...(topP !== undefined && { topP }),
        ...(stopSequences && { stopSequences: [...stopSequences] }),
      },
    }, deadline);
    return parseResponse(response);
  }
}

/** The SDK does not validate responses against its types. */
function parseResponse(response: unknown): TextOutput {
  if (!isRecord(response)) throw malformedResponse('not an object');
  const { output, stopReason, usage } = response;
  if (stopReason === 'content_filtered' || stopReason === 'guardrail_intervened') throw contentFiltered('prompt or the response');
  const message = isRecord(output) ? output.message : undefined;
  const blocks: unknown[] = isRecord(message) && Array.isArray(message.content) ? message.content : [];
  // reasoning is in blocks without text
  const texts = blocks.flatMap((block) => (isRecord(block) && typeof block.text === 'string' ? block.text : []));
  if (texts.length === 0 || typeof stopReason !== 'string') throw malformedResponse('no text');
  return { text: texts.join(''), stopReason, usage: { inputTokens: tokenCount(usage, 'inputTokens'), outputTokens: tokenCount(usage, 'outputTokens') } };
}

function tokenCount(usage: unknown, name: keyof TextOutput['usage']): number {
  const count = isRecord(usage) ? usage[name] : undefined;
  return typeof count === 'number' ? count : 0;
}
