import { createHash } from 'node:crypto';
import { type ConverseRequest, type InferenceSettings, parseConverseRequest } from './converse-request';
import { blockedResponse, CHARACTERS_PER_TOKEN, converseResponse, reasoningResponse } from './converse-response';
import { type Family, type Outcomes } from './family';

const ENDINGS = [
  'in the soft light of early morning, wide and calm, with fine detail in the foreground',
  'under a dramatic sky, with deep shadows and one warm light that draws the eye',
  'seen from a low angle, in rich saturated colours, with a shallow depth of field',
  'as a quiet scene after rain, with reflections, muted tones and a hint of mist',
];

/** The Nova text models, through Converse. */
export const NOVA_TEXT: Family = {
  schema: 'converse',
  operation: 'converse',
  accept: (model, body) => outcomes(parseConverseRequest(model, body)),
};

function outcomes({ prompt, system, settings, isReasoning }: ConverseRequest): Outcomes {
  const completeText = enrichPrompt(prompt, system);
  const { text, stopReason } = limitText(completeText, settings);
  const response = isReasoning ? reasoningResponse : converseResponse;
  return {
    success: async () => response(prompt, [{ text }], stopReason),
    filtered: async () => blockedResponse(prompt),
    truncated: async () => response(prompt, [{ text: completeText.slice(0, Math.floor(completeText.length / 2)) }]),
    successWithReasoning: async () => reasoningResponse(prompt, [{ text }], stopReason),
  };
}

/** Returns the prompt with an ending that the prompt determines, as a model that enriches prompts. */
export function enrichPrompt(prompt: string, system: string): string {
  const subject = Array.from(prompt.replace(/\s+/g, ' ').trim()).slice(0, 400).join('').replace(/[.,;:!?]+$/, '');
  const choice = createHash('sha256').update(prompt + system).digest().readUInt16BE(0) % ENDINGS.length;
  return `${subject}, ${ENDINGS[choice]}.`;
}

interface LimitedText {
  readonly text: string;
  readonly stopReason: string;
}

/** Ends the text at the first stop sequence or at the maximum number of tokens. */
function limitText(text: string, { maxTokens = Infinity, stopSequences = [] }: InferenceSettings): LimitedText {
  const stops = stopSequences.map((sequence) => text.indexOf(sequence)).filter((at) => at >= 0);
  const stopped = text.slice(0, Math.min(text.length, ...stops));
  const cut = Array.from(stopped).slice(0, maxTokens * CHARACTERS_PER_TOKEN).join('');
  if (cut.length < stopped.length) return { text: cut, stopReason: 'max_tokens' };
  return { text: stopped, stopReason: stops.length > 0 ? 'stop_sequence' : 'end_turn' };
}
