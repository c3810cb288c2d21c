import { createHash } from 'node:crypto';
import { ConverseRequest, InferenceSettings, readConverse } from './converse-request';
import { blockedAnswer, CHARACTERS_PER_TOKEN, converseAnswer, withReasoning } from './converse-response';
import { Family, Work } from './family';

const ENDINGS = [
  'in the soft light of early morning, wide and calm, with fine detail in the foreground',
  'under a dramatic sky, with deep shadows and one warm light that draws the eye',
  'seen from a low angle, in rich saturated colours, with a shallow depth of field',
  'as a quiet scene after rain, with reflections, muted tones and a hint of mist',
];

/** The Nova text models, called through Converse. */
export const NOVA_TEXT: Family = {
  schema: 'converse',
  operation: 'converse',
  accept: (model, body) => work(readConverse(model, body)),
};

function work({ prompt, system, settings, isReasoning }: ConverseRequest): Work {
  const text = reply(prompt, system);
  const { said, stopReason } = ended(text, settings);
  const answered = isReasoning ? withReasoning : converseAnswer;
  return {
    answer: async () => answered(prompt, [{ text: said }], stopReason),
    filtered: async () => blockedAnswer(prompt),
    truncated: async () => answered(prompt, [{ text: text.slice(0, Math.floor(text.length / 2)) }]),
    reasoned: async () => withReasoning(prompt, [{ text: said }], stopReason),
  };
}

/** The prompt's own words with an ending that follows from them, as a model asked to enrich a prompt might answer. */
export function reply(prompt: string, system: string): string {
  const subject = Array.from(prompt.replace(/\s+/g, ' ').trim()).slice(0, 400).join('').replace(/[.,;:!?]+$/, '');
  const choice = createHash('sha256').update(prompt + system).digest().readUInt16BE(0) % ENDINGS.length;
  return `${subject}, ${ENDINGS[choice]}.`;
}

interface Ended {
  readonly said: string;
  readonly stopReason: string;
}

/** What is said before a stop sequence or the last token. */
function ended(text: string, { maxTokens = Infinity, stopSequences = [] }: InferenceSettings): Ended {
  const stops = stopSequences.map((sequence) => text.indexOf(sequence)).filter((at) => at >= 0);
  const stopped = text.slice(0, Math.min(text.length, ...stops));
  const cut = Array.from(stopped).slice(0, maxTokens * CHARACTERS_PER_TOKEN).join('');
  if (cut.length < stopped.length) return { said: cut, stopReason: 'max_tokens' };
  return { said: stopped, stopReason: stops.length > 0 ? 'stop_sequence' : 'end_turn' };
}
