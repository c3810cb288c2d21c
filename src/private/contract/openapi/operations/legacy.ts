import { SIZE_TARGET } from '../../configuration';
import { GENERATE_REQUEST_SCHEMA, TEXT_REQUEST_SCHEMA } from '../../requests';
import { IGNORED_PARAMETERS_HEADER } from '../../routes';
import { EXAMPLE_ID, EXAMPLE_PROMPT } from '../examples';
import { IDEMPOTENCY_KEY } from '../parameters';
import { BODY_ERRORS, IDEMPOTENCY_ERRORS, MODEL_ERRORS } from '../problems';
import { DescribedLegacy, DescribedRoute, Json, Operation } from '../types';

const OLD_URL = { status: 'completed', image_url: 'https://...', generated_at: '2026-11-21T12:00:04.100Z' } as const;

/** Beside fields of ours, and what the id is called is for the operator to say. */
const EXAMPLES: Readonly<Record<DescribedLegacy['does'], Json>> = {
  draw: { url: { value: { statusCode: 200, body: 'https://...' } } },
  write: { text: { value: { statusCode: 200, body: 'In the heart of the mountains...' } } },
  start: { job: { value: { id: EXAMPLE_ID, status: 'processing', estimated_time: 15 } } },
  tell: { completed: { value: { id: EXAMPLE_ID, ...OLD_URL } }, failed: { value: { id: EXAMPLE_ID, status: 'failed', error: 'the model failed' } } },
};

/** A route that an operator made up: its path, where its prompt goes, and that it answers something. */
export function legacyOperation({ method, path }: DescribedRoute, legacy: DescribedLegacy): Operation {
  const inBody = method === 'POST';
  const { prompt, does } = legacy;
  const isCreating = does === 'draw' || does === 'start';
  const fields = prompt === undefined ? {} : { [prompt]: EXAMPLE_PROMPT };
  return {
    operationId: `legacy_${method.toLowerCase()}_${identifier(path)}`,
    tag: 'Legacy',
    summary: does === 'tell' ? 'What became of an image' : `What ${path} was`,
    description: 'Answers as the API did that this one took the place of.',
    parameters: [...pathParameters(path), ...(inBody ? [] : queryParameters(legacy)), ...(isCreating ? [IDEMPOTENCY_KEY] : [])],
    ...(inBody && { requestBody: { content: { 'application/json': { schema: bodyOf(legacy), examples: { prompt: { value: fields } } } } } }),
    answers: {
      200: {
        description: 'As that API answered.',
        ...(does !== 'tell' && { headers: { [IGNORED_PARAMETERS_HEADER]: { description: 'Names of parameters that had no effect.', schema: { type: 'string' } } } }),
        content: { 'application/json': { schema: {}, examples: EXAMPLES[does] } },
      },
    },
    errors: [
      'NOT_FOUND', ...(does === 'tell' ? [] : BODY_ERRORS), ...(does === 'draw' || does === 'write' ? MODEL_ERRORS : []), ...(isCreating ? IDEMPOTENCY_ERRORS : []),
    ],
  };
}

/** Nothing is required in it: what it lacks can be in the query. Numbers may be texts, as old clients send them. */
function bodyOf(legacy: DescribedLegacy): Json {
  const properties = fieldsOf(legacy).map(({ name, description }) => [name, { ...(name === legacy.prompt && { type: 'string' }), description }]);
  return { type: 'object', properties: Object.fromEntries(properties) as Json };
}

function queryParameters(legacy: DescribedLegacy): Json[] {
  return fieldsOf(legacy).map(({ name, description }) => ({
    name, in: 'query', description, schema: { type: 'string' }, ...(name === legacy.prompt && { required: true, example: EXAMPLE_PROMPT }),
  }));
}

/** What legacy routes know beside the fields of ours. */
const TARGETS: Readonly<Record<string, string>> = {
  prompt: 'Words that are added to the prompt.',
  [SIZE_TARGET]: 'Width and height in one text, for example 1024x768.',
};

function fieldsOf({ prompt, parameters, does }: DescribedLegacy): { readonly name: string; readonly description: string }[] {
  const ours: Readonly<Record<string, { readonly description: string }>> = (does === 'write' ? TEXT_REQUEST_SCHEMA : GENERATE_REQUEST_SCHEMA).properties;
  return [
    ...(prompt === undefined ? [] : [{ name: prompt, description: 'The prompt.' }]),
    ...Object.entries(parameters).map(([name, target]) => ({ name, description: TARGETS[target] ?? ours[target].description })),
  ];
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => (
    { name, in: 'path', required: true, description: 'The id of an image.', schema: { type: 'string' }, example: EXAMPLE_ID }
  ));
}

/** Another for each path: `-`, `.`, `/` and `_` may be all that two of them differ in. */
function identifier(path: string): string {
  return path.slice(1).replace(/[^A-Za-z0-9]/g, (character) => (character === '/' ? '_' : `_${character.charCodeAt(0).toString(16)}_`));
}
