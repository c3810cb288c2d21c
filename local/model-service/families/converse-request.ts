import { malformedInput, validationError } from '../bedrock/bedrock-errors';
import { MODEL_FACTS, type ModelFact, type ParameterFacts } from '../schema/documented-facts';
import { isObject, type JsonObject, schemaViolations } from '../schema/schema-validation';

export interface InferenceSettings {
  readonly maxTokens?: number;
  readonly stopSequences?: readonly string[];
}

/** The parsed content of a valid request. */
export interface ConverseRequest {
  /** Text of the last user message. */
  readonly prompt: string;
  readonly system: string;
  readonly settings: InferenceSettings;
  /** Whether reasoning is enabled. */
  readonly isReasoning: boolean;
}

/** All fields of the request body. Only the first four have an effect. */
const MEMBERS = [
  'messages', 'system', 'inferenceConfig', 'additionalModelRequestFields', 'toolConfig', 'guardrailConfig', 'promptVariables',
  'additionalModelResponseFieldPaths', 'requestMetadata', 'performanceConfig', 'serviceTier', 'outputConfig',
];

/** Parses a Converse request. Throws the error of Bedrock for an invalid body. */
export function parseConverseRequest(model: ModelFact, body: JsonObject): ConverseRequest {
  const unknown = Object.keys(body).filter((name) => !MEMBERS.includes(name));
  if (unknown.length > 0) throw malformedInput(unknown.map((name) => `#: extraneous key [${name}] is not permitted`));
  const prompt = lastUserText(body.messages);
  const system = systemText(body.system);
  const settings = inferenceSettings(model, body.inferenceConfig ?? {});
  return { prompt, system, settings, isReasoning: isReasoning(model, body.additionalModelRequestFields ?? {}, settings) };
}

function lastUserText(messages: unknown): string {
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
  message.content.forEach((block, at) => checkText(block, `ContentBlock object at messages.${index}.content.${at}`));
}

function systemText(system: unknown): string {
  if (system === undefined) return '';
  if (!Array.isArray(system)) throw malformedInput(['#/system: expected type: JSONArray']);
  system.forEach((block, at) => checkText(block, `SystemContentBlock object at system.${at}`));
  return (system as { text: string }[]).map((block) => block.text).join('\n');
}

function checkText(block: unknown, where: string): void {
  if (isObject(block) && typeof block.text === 'string' && block.text.trim() !== '') return;
  throw validationError(`The text field in the ${where} is blank. Add text to the text field, and try again.`);
}

function inferenceSettings(model: ModelFact, settings: unknown): InferenceSettings {
  if (!isObject(settings)) throw malformedInput(['#/inferenceConfig: expected type: JSONObject']);
  const violations = schemaViolations(inferenceFacts(model), settings, '#/inferenceConfig');
  if (violations.length > 0) throw malformedInput(violations);
  const { maxTokens, stopSequences } = settings as InferenceSettings;
  const empty = (stopSequences ?? []).indexOf('');
  if (empty >= 0) throw malformedInput([`#/inferenceConfig/stopSequences/${empty}: expected minLength: 1, actual: 0`]);
  // if sources differ, the facts contain both limits, the higher one first
  const limit = parseInt(String(model.maxOutputTokens), 10);
  if (maxTokens !== undefined && maxTokens > limit) {
    throw validationError(`The maximum tokens you requested exceeds the model limit of ${limit}. Try again with a maximum tokens value `
      + `that is lower than ${limit}.`);
  }
  return settings;
}

/** Returns the facts of the inference parameters. For a preview model, those of the same generation. */
function inferenceFacts(model: ModelFact): ParameterFacts {
  const rows = [model, ...MODEL_FACTS.filter(({ modelId }) => modelId === 'amazon.nova-2-lite-v1:0')];
  return rows.map(({ request }) => request.inferenceConfig).find(isObject) as ParameterFacts;
}

const TOP_K: ParameterFacts = { topK: { type: 'int', min: 0, max: 128 } };
const REASONING: ParameterFacts = {
  type: { type: 'enum', values: ['enabled', 'disabled'], required: true },
  maxReasoningEffort: { type: 'enum', values: ['low', 'medium', 'high'] },
};

/** Validates `additionalModelRequestFields` and returns whether reasoning is enabled. Only Nova 2 supports reasoning. */
function isReasoning(model: ModelFact, fields: unknown, settings: InferenceSettings): boolean {
  if (!isObject(fields)) throw malformedInput(['#/additionalModelRequestFields: expected type: JSONObject']);
  const known: Readonly<Record<string, ParameterFacts>> = { inferenceConfig: TOP_K, ...(model.modelId.includes('nova-2') && { reasoningConfig: REASONING }) };
  const violations = Object.entries(fields).flatMap(([name, value]) => {
    if (!Object.hasOwn(known, name)) return [`#: extraneous key [${name}] is not permitted`];
    return isObject(value) ? schemaViolations(known[name], value, `#/${name}`) : [`#/${name}: expected type: JSONObject`];
  });
  if (violations.length > 0) throw malformedInput(violations);
  const { type, maxReasoningEffort } = (fields.reasoningConfig ?? {}) as { readonly type?: string; readonly maxReasoningEffort?: string };
  if (type !== 'enabled') return false;
  const excluded = ['temperature', 'topP', 'maxTokens'].filter((name) => name in settings);
  if (maxReasoningEffort === 'high' && excluded.length > 0) {
    throw validationError(`${excluded.join(', ')} must not be set when maxReasoningEffort is high.`);
  }
  return true;
}
