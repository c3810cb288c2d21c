import type { Bedrock } from './bedrock';
import { filtered } from './filtered';
import { nonsense } from './nonsense';
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

  public async write({ prompt, system, temperature, topP, maxTokens, stopSequences }: TextInput, deadline: number): Promise<TextOutput> {
    const { output, stopReason, usage } = await this.bedrock.converse(this.target.call, this.target.region, {
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
    if (stopReason === 'content_filtered' || stopReason === 'guardrail_intervened') throw filtered('prompt or the answer');
    // what the model thought before it wrote comes in blocks of its own
    const text = output?.message?.content?.find((block) => block.text !== undefined)?.text;
    if (text === undefined || stopReason === undefined) throw nonsense('no text');
    return { text, stopReason, usage: { inputTokens: usage?.inputTokens ?? 0, outputTokens: usage?.outputTokens ?? 0 } };
  }
}
