import { createHash } from 'node:crypto';
import { malformedInput, validationError } from '../errors';
import { ModelFact, ParameterFacts } from '../facts';
import { isObject, JsonObject, violations } from '../validation';
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
  accept: (model, body) => {
    const prompt = lastUserText(body);
    const settings = inferenceSettings(model, body);
    return work(prompt, settings);
  },
};

interface InferenceSettings {
  readonly maxTokens?: number;
  readonly stopSequences?: readonly string[];
}

function lastUserText(body: JsonObject): string {
  const messages = body.messages;
  if (!Array.isArray(messages) || messages.length === 0) {
    throw validationError('The messages field is required and must hold at least one message.');
  }
  messages.forEach((message, index) => checkMessage(message, index));
  const last = messages[messages.length - 1] as { role: string; content: { text: string }[] };
  if (last.role !== 'user') {
    throw validationError('A conversation must end with a user message. Try again with a conversation that ends with a user message.');
  }
  return last.content.map((block) => block.text).join('\n');
}

function checkMessage(message: unknown, index: number): void {
  if (!isObject(message) || (message.role !== 'user' && message.role !== 'assistant')) {
    throw validationError(`The role of messages.${index} must be user or assistant.`);
  }
  if (index === 0 && message.role !== 'user') {
    throw validationError('A conversation must start with a user message. Try again with a conversation that starts with a user message.');
  }
  if (!Array.isArray(message.content) || message.content.length === 0) {
    throw validationError(`The content field in the Message object at messages.${index} is empty. `
      + 'Add a ContentBlock object to the content field and try again.');
  }
  message.content.forEach((block, at) => {
    if (!isObject(block) || typeof block.text !== 'string' || block.text.trim() === '') {
      throw validationError(`The text field in the ContentBlock object at messages.${index}.content.${at} is blank. `
        + 'Add text to the text field, and try again.');
    }
  });
}

function inferenceSettings(model: ModelFact, body: JsonObject): InferenceSettings {
  const settings = body.inferenceConfig ?? {};
  if (!isObject(settings)) throw malformedInput(['#/inferenceConfig: expected type: JSONObject']);
  const faults = violations(model.request.inferenceConfig as ParameterFacts, settings, '#/inferenceConfig');
  if (faults.length > 0) throw malformedInput(faults);
  const limit = model.maxOutputTokens;
  if (typeof limit === 'number' && typeof settings.maxTokens === 'number' && settings.maxTokens > limit) {
    throw validationError(`The maximum tokens you requested exceeds the model limit of ${limit}. Try again with a maximum tokens value `
      + `that is lower than ${limit}.`);
  }
  return settings;
}

function work(prompt: string, settings: InferenceSettings): Work {
  const text = reply(prompt);
  return {
    answer: async () => {
      const stopped = untilStopSequence(text, settings.stopSequences ?? []);
      const cut = Array.from(stopped).slice(0, (settings.maxTokens ?? Infinity) * CHARACTERS_PER_TOKEN).join('');
      if (cut.length < stopped.length) return converseAnswer(prompt, cut, 'max_tokens');
      return converseAnswer(prompt, stopped, stopped.length < text.length ? 'stop_sequence' : 'end_turn');
    },
    filtered: () => converseAnswer(prompt, 'The generated text has been blocked by our content filters.', 'content_filtered'),
    truncated: async () => converseAnswer(prompt, text.slice(0, Math.floor(text.length / 2)), 'end_turn'),
  };
}

/** The prompt's own words with an ending that follows from them, as a model asked to enrich a prompt might answer. */
function reply(prompt: string): string {
  const subject = Array.from(prompt.replace(/\s+/g, ' ').trim()).slice(0, 400).join('').replace(/[.,;:!?]+$/, '');
  const choice = createHash('sha256').update(prompt).digest().readUInt16BE(0) % ENDINGS.length;
  return `${subject}, ${ENDINGS[choice]}.`;
}

function untilStopSequence(text: string, sequences: readonly string[]): string {
  const ends = sequences.filter((sequence) => sequence !== '').map((sequence) => text.indexOf(sequence)).filter((end) => end >= 0);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

const CHARACTERS_PER_TOKEN = 4;

function converseAnswer(prompt: string, text: string, stopReason: string): JsonObject {
  const inputTokens = Math.ceil(prompt.length / CHARACTERS_PER_TOKEN);
  const outputTokens = Math.ceil(text.length / CHARACTERS_PER_TOKEN);
  return {
    output: { message: { role: 'assistant', content: [{ text }] } },
    stopReason,
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: 1 },
  };
}
