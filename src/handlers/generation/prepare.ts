import type { Clock, Guardrail, TextModels } from './ports';
import { promptTexts } from './redaction';
import { withRetries } from './retry';
import type { GenerateRequest } from './types';
import { ApiError } from '../shared/errors';
import { describeCause, type Logger } from '../shared/log';

export interface PreparePorts {
  readonly clock: Clock;
  readonly log: Logger;
  /** Only with a guardrail. */
  readonly guard?: Guardrail;
  /** Only with a text model. */
  readonly texts?: TextModels;
  /** Whether a text is a prompt that the operator's rules let pass. */
  readonly accepts: (prompt: string) => boolean;
}

export interface Prepared {
  readonly request: GenerateRequest;
  readonly enhancedPrompt?: string;
}

const INSTRUCTIONS = 'You write prompts for a text-to-image model. Rewrite the user\'s idea as one vivid prompt: subject, setting, composition, light, '
  + 'colours, medium. Keep what the user asked for, add nothing that contradicts it, keep the user\'s language. Answer with the prompt alone: '
  + 'no quotation marks, no preamble, at most';
/** A prompt of this length has all that image models heed. */
const LONGEST_ENHANCED = 1_000;
const MAX_TOKENS = 512;
/** A picture has to be drawn in the rest of the time. */
const LONGEST_MS = 8_000;

/**
 * What has to happen before the model is paid: pictures are fetched, the guardrail looks at them and at the prompt, a text model
 * elaborates it where that was asked for.
 */
export async function prepare(asked: GenerateRequest, deadline: number, ports: PreparePorts): Promise<Prepared> {
  const request = { ...asked, input: { ...asked.input, ...await asked.loadInputImages?.() } };
  const { input, enhance } = request;
  const words = promptTexts(input);
  try {
    await ports.guard?.checkInput(words.join('\n'), [input.image, input.styleImage].flatMap((image) => image ?? []), deadline);
  } catch (error) {
    if (error instanceof ApiError) ports.log.error('prompt not passed', { code: error.code, ...describeCause(error.cause, words) });
    throw error;
  }
  if (!enhance || !input.prompt) return { request };

  const until = Math.min(deadline, ports.clock.now() + LONGEST_MS);
  const enhancedPrompt = await enhanced(input.prompt, Math.min(enhance.maxLength, LONGEST_ENHANCED), until, ports);
  if (!enhancedPrompt) return { request };
  return { request: { ...request, input: { ...input, prompt: enhancedPrompt } }, enhancedPrompt };
}

/** Undefined where nothing usable came of it: the picture is then drawn from the prompt as it was written. */
async function enhanced(prompt: string, maxLength: number, deadline: number, ports: PreparePorts): Promise<string | undefined> {
  const { texts } = ports;
  if (!texts) return undefined;
  const secrets = [prompt];
  try {
    const ask = { prompt, system: `${INSTRUCTIONS} ${maxLength} characters.`, maxTokens: MAX_TOKENS };
    const { text } = await withRetries(() => texts.generate(ask, deadline), deadline, ports.clock);
    const tidy = text.trim().replace(/^"([^"]*)"$/, '$1');
    secrets.push(tidy);
    if (tidy === '' || [...tidy].length > maxLength || !ports.accepts(tidy)) return undefined;
    await ports.guard?.checkInput(tidy, [], deadline);
    return tidy.normalize('NFC');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    ports.log.error('prompt not enhanced', { code: error.code, ...describeCause(error.cause, secrets) });
    return undefined;
  }
}
