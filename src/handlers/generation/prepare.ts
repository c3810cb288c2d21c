import { InputImageLoader, type InputImagePorts } from './input-image-loader';
import type { Guardrail, TextModels } from './ports';
import { withRetries } from './retry';
import { enhancedLength, enhancementInput } from './text/enhancement-input';
import { promptTexts } from './text/prompt-texts';
import type { GenerateRequest, GenerationRun, GenerationSettings } from './types';
import { ApiError } from '../shared/api-error';
import { characterCount } from '../shared/character-count';
import { describeCause, type Logger } from '../shared/log';
import type { PromptPolicy } from '../shared/prompt-policy';

export interface PreparePorts extends InputImagePorts {
  readonly log: Logger;
  /** Absent without a guardrail. */
  readonly guardrail?: Guardrail;
  /** Absent without a text model. */
  readonly textModel?: TextModels;
  readonly promptPolicy: PromptPolicy;
}

export interface PreparedRequest {
  readonly request: GenerateRequest;
  readonly enhancedPrompt?: string;
}

/** The rest of the time is for the image model. */
const MAX_ENHANCE_MS = 8_000;

/** Prepares requests for the image model. */
export class RequestPreparer {
  public readonly inputImages: InputImageLoader;

  constructor(private readonly ports: PreparePorts, settings: Pick<GenerationSettings, 'prefix'>) {
    this.inputImages = new InputImageLoader(ports, settings);
  }

  /** Loads the input images, checks images and prompt with the guardrail, and lets the text model rewrite the prompt if requested. */
  public async prepare(original: GenerateRequest, { owner, deadlines }: Pick<GenerationRun, 'owner' | 'deadlines'>): Promise<PreparedRequest> {
    const { guardrail, clock } = this.ports;
    const request = { ...original, input: { ...original.input, ...await this.inputImages.load(original, owner) } };
    const { input, enhance } = request;
    const texts = promptTexts(input);
    try {
      await guardrail?.checkInput(texts.join('\n'), [input.image, input.styleImage].flatMap((image) => image ?? []), deadlines.model);
    } catch (error) {
      this.logFailure('guardrail check failed', error);
      throw error;
    }
    if (!enhance || !input.prompt) return { request };

    const deadline = Math.min(deadlines.model, clock.now() + MAX_ENHANCE_MS);
    const enhancedPrompt = await this.enhance(input.prompt, enhance.maxLength, deadline);
    if (!enhancedPrompt) return { request };
    return { request: { ...request, input: { ...input, prompt: enhancedPrompt } }, enhancedPrompt };
  }

  /** Returns undefined if the text model returns no valid prompt. The image is then generated from the original prompt. */
  private async enhance(prompt: string, maxLength: number, deadline: number): Promise<string | undefined> {
    const { textModel, guardrail, clock, promptPolicy } = this.ports;
    if (!textModel) return undefined;
    try {
      const input = enhancementInput(prompt, maxLength);
      const output = await withRetries(() => textModel.generate(input, deadline), deadline, clock);
      const text = output.text.trim().replace(/^"([^"]*)"$/, '$1');
      if (text === '' || characterCount(text) > enhancedLength(maxLength) || !promptPolicy.accepts(text)) return undefined;
      await guardrail?.checkInput(text, [], deadline);
      return text.normalize('NFC');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.logFailure('prompt not enhanced', error);
      return undefined;
    }
  }

  private logFailure(message: string, error: unknown): void {
    if (error instanceof ApiError) this.ports.log.error(message, { code: error.code, ...describeCause(error.cause) });
  }
}
