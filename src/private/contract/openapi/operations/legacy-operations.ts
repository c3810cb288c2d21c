import { SIZE_TARGET } from '../../configuration';
import { type JsonObject } from '../../json-object';
import { GENERATE_REQUEST_SCHEMA, TEXT_REQUEST_SCHEMA } from '../../requests';
import { type DescribedLegacyRoute, type DescribedRoute, type LegacyRouteKind, type Operation } from '../described-api';
import { EXAMPLE_ID, EXAMPLE_PROMPT } from '../examples';
import { BODY_ERRORS, IDEMPOTENCY_ERRORS, MODEL_ERRORS } from '../problem-responses';
import { IDEMPOTENCY_KEY } from '../request-parameters';
import { IGNORED_PARAMETERS, SPEND_HEADERS } from '../response-headers';

const COMPLETED_JOB = { status: 'completed', image_url: 'https://...', generated_at: '2026-11-21T12:00:04.100Z' } as const;

/** Response examples. The options of the route decide the names and fields of a real response. */
const EXAMPLES: Readonly<Record<LegacyRouteKind, JsonObject>> = {
  images: { url: { value: { statusCode: 200, body: 'https://...' } } },
  text: { text: { value: { statusCode: 200, body: 'In the heart of the mountains...' } } },
  job: { job: { value: { id: EXAMPLE_ID, status: 'processing', estimated_time: 15 } } },
  jobStatus: { completed: { value: { id: EXAMPLE_ID, ...COMPLETED_JOB } }, failed: { value: { id: EXAMPLE_ID, status: 'failed', error: 'the model failed' } } },
};

/** Returns the operation of a legacy route. */
export function legacyOperation({ method, path }: DescribedRoute, legacy: DescribedLegacyRoute): Operation {
  const hasBody = method === 'POST';
  const { prompt, kind } = legacy;
  const createsImages = kind === 'images' || kind === 'job';
  const example = prompt === undefined ? {} : { [prompt]: EXAMPLE_PROMPT };
  return {
    operationId: `legacy_${method.toLowerCase()}_${identifier(path)}`,
    tag: 'Legacy',
    summary: kind === 'jobStatus' ? 'Get the status of a legacy job' : `Legacy route ${path}`,
    description: 'Replaces a route of an earlier API, with its request and response format.',
    parameters: [...pathParameters(path), ...(hasBody ? [] : queryParameters(legacy)), ...(createsImages ? [IDEMPOTENCY_KEY] : [])],
    ...(hasBody && { requestBody: { content: { 'application/json': { schema: bodySchema(legacy), examples: { prompt: { value: example } } } } } }),
    replaysErrors: createsImages,
    responses: {
      200: {
        description: 'The response in the format of the earlier API.',
        ...(kind !== 'jobStatus' && { headers: { ...IGNORED_PARAMETERS, ...SPEND_HEADERS } }),
        content: { 'application/json': { schema: {}, examples: EXAMPLES[kind] } },
      },
    },
    errors: [
      'NOT_FOUND',
      // a job returns errors of the model for a key whose first request failed
      ...(kind === 'jobStatus' ? [] : [...BODY_ERRORS, ...MODEL_ERRORS]),
      ...(createsImages ? IDEMPOTENCY_ERRORS : []),
    ],
  };
}

/** Returns a schema without required fields and number types, because parameters can also be in the query and numbers can be strings. */
function bodySchema(legacy: DescribedLegacyRoute): JsonObject {
  const properties = fieldsOf(legacy).map(({ name, description }) => [name, { ...(name === legacy.prompt && { type: 'string' }), description }]);
  return { type: 'object', properties: Object.fromEntries(properties) as JsonObject };
}

function queryParameters(legacy: DescribedLegacyRoute): JsonObject[] {
  return fieldsOf(legacy).map(({ name, description }) => ({
    name, in: 'query', description, schema: { type: 'string' }, ...(name === legacy.prompt && { required: true, example: EXAMPLE_PROMPT }),
  }));
}

/** Targets that are not fields of the standard request, or have another meaning. */
const TARGETS: Readonly<Record<string, string>> = {
  prompt: 'A text that is appended to the prompt.',
  [SIZE_TARGET]: 'The width and height in one text, for example 1024x768.',
};

function fieldsOf({ prompt, parameters, kind }: DescribedLegacyRoute): { readonly name: string; readonly description: string }[] {
  const standard: Readonly<Record<string, { readonly description: string }>> = (kind === 'text' ? TEXT_REQUEST_SCHEMA : GENERATE_REQUEST_SCHEMA).properties;
  return [
    ...(prompt === undefined ? [] : [{ name: prompt, description: 'The prompt.' }]),
    ...Object.entries(parameters).map(([name, target]) => ({ name, description: TARGETS[target] ?? standard[target].description })),
  ];
}

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => (
    { name, in: 'path', required: true, description: 'The ID of the image.', schema: { type: 'string' }, example: EXAMPLE_ID }
  ));
}

/** Returns a unique identifier for a path. Paths can differ in `-`, `.`, `/` and `_` only. */
function identifier(path: string): string {
  return path.slice(1).replace(/[^A-Za-z0-9]/g, (character) => (character === '/' ? '_' : `_${character.charCodeAt(0).toString(16)}_`));
}
