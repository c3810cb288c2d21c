import type { Bedrock } from './bedrock';
import { contentFiltered } from './filtered';
import { isRecord, malformedResponse } from './malformed-response';
import type { TextInput, TextModels, TextOutput } from '../generation/ports';

export interface TextTarget {
  /** An id or an inference profile. */
  readonly call: string;
  readonly region: string;
}

/** Nova takes no 0, which callers write for 'always the same' (its page on inference parameters). */
const LOWEST_TEMPERATURE = 0.00001;

/** A text model on Amazon Bedrock, by the Converse API. */
export class ConverseTextModel implements TextModels {
  constructor(private readonly bedrock: Bedrock, private readonly target: TextTarget) {}

  public async generate({ prompt, system, temperature, topP, maxTokens, stopSequences }: TextInput, deadline: number): Promise<TextOutput> {
    const answer: unknown = await this.bedrock.converse(this.target.call, this.target.region, {
      messages: [{ role: 'user', content: [{ text: prompt }] }],
      ...(system !== undefined && { system: [{ text: system }] }),
      // always a limit: Bedrock reserves the quota of as many tokens as the model could write
      inferenceConfig: {
        maxTokens,
        ...(temperature !== undefined && { temperature: Math.max(temperature, LOWEST_TEMPERATURE) }),
        ...(topP !== undefined && { topP }),
        ...(stopSequences && { stopSequences: [...stopSequences] }),
      },
    }, deadline);
    return read(answer);
  }
}

/** The SDK hands on what came: its types promise more than it checks. */
function read(answer: unknown): TextOutput {
  if (!isRecord(answer)) throw malformedResponse('not an object');
  const { output, stopReason, usage } = answer;
  if (stopReason === 'content_filtered' || stopReason === 'guardrail_intervened') throw contentFiltered('prompt or the answer');
  const message = isRecord(output) ? output.message : undefined;
  const blocks: unknown[] = isRecord(message) && Array.isArray(message.content) ? message.content : [];
  // what the model thought before it wrote comes in blocks of its own
  const texts = blocks.flatMap((block) => (isRecord(block) && typeof block.text === 'string' ? block.text : []));
  if (texts.length === 0 || typeof stopReason !== 'string') throw malformedResponse('no text');
  return { text: texts.join(''), stopReason, usage: { inputTokens: tokens(usage, 'inputTokens'), outputTokens: tokens(usage, 'outputTokens') } };
}

function tokens(usage: unknown, of: keyof TextOutput['usage']): number {
  const count = isRecord(usage) ? usage[of] : undefined;
  return typeof count === 'number' ? count : 0;
}
