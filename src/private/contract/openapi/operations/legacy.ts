import { EXAMPLE_ID, EXAMPLE_PROMPT } from '../examples';
import { BODY_ERRORS, IDEMPOTENCY_ERRORS, MODEL_ERRORS } from '../problems';
import { DescribedRoute, Json, Operation } from '../types';

/** A route that an operator made up: its path, where its prompt goes, and that it answers something. */
export function legacyOperation({ method, path, promptParameter }: DescribedRoute): Operation {
  const inBody = method === 'POST';
  const fields = promptParameter === undefined ? {} : { [promptParameter]: EXAMPLE_PROMPT };
  return {
    operationId: `legacy${pascal(method.toLowerCase())}${pascal(path)}`,
    tag: 'Legacy',
    summary: `What ${path} was`,
    description: 'Answers as the API did that this one took the place of.',
    parameters: [...pathParameters(path), ...(promptParameter !== undefined && !inBody ? [queryParameter(promptParameter)] : [])],
    ...(inBody && { requestBody: { content: { 'application/json': { schema: bodyOf(promptParameter), examples: { prompt: { value: fields } } } } } }),
    answers: Object.fromEntries([200, 201, 202].map((status) => [status, {
      description: 'As that API answered.', content: { 'application/json': { schema: {}, examples: { text: { value: 'Image Saved' } } } },
    }])),
    errors: ['NOT_FOUND', ...BODY_ERRORS, ...IDEMPOTENCY_ERRORS, ...MODEL_ERRORS],
  };
}

function bodyOf(prompt: string | undefined): Json {
  return { type: 'object', ...(prompt !== undefined && { required: [prompt], properties: { [prompt]: { type: 'string', description: 'What to draw.' } } }) };
}

function queryParameter(name: string): Json {
  return { name, in: 'query', required: true, description: 'What to draw.', schema: { type: 'string' }, example: EXAMPLE_PROMPT };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => (
    { name, in: 'path', required: true, description: 'The id of an image.', schema: { type: 'string' }, example: EXAMPLE_ID }
  ));
}

function pascal(text: string): string {
  return text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '').map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}
