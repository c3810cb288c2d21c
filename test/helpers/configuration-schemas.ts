import Ajv, { type AnySchema } from 'ajv';
import { JWT_ALGORITHMS } from '../../src/private/contract/authorizer';
import { AUTH_MODES, LEGACY_METHODS, LEGACY_REPLIES, PROMPT_RETENTIONS, ROUTE_SETS } from '../../src/private/contract/configuration';

/** Compiles each schema once. */
const AJV = new Ajv({ allErrors: true });
const PRICE = { type: 'number', minimum: 0 } as const;
const TEXT = { type: 'string', minLength: 1 } as const;

/** The configuration that the construct passes to the API function and the worker. */
export const HANDLER_CONFIGURATION_SCHEMA = {
  $id: 'HandlerConfiguration',
  type: 'object',
  additionalProperties: false,
  required: ['api', 'bucket', 'prefix', 'table', 'expirationDays', 'presignTtlSeconds', 'corsOrigins', 'routes', 'auth', 'models'],
  properties: {
    api: TEXT,
    bucket: TEXT,
    prefix: { type: 'string' },
    table: TEXT,
    expirationDays: { type: 'integer', minimum: 1 },
    presignTtlSeconds: { type: 'integer', minimum: 60, maximum: 43_200 },
    corsOrigins: { type: 'array', items: TEXT },
    // Empty if the API has legacy routes only.
    routes: { type: 'array', items: { enum: ROUTE_SETS } },
    legacy: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['path', 'methods', 'prompt', 'parameters', 'reply'],
        properties: {
          path: { type: 'string', pattern: '^/' },
          methods: { type: 'array', minItems: 1, items: { enum: LEGACY_METHODS } },
          prompt: TEXT,
          parameters: { type: 'object', additionalProperties: TEXT },
          reply: { enum: LEGACY_REPLIES },
          message: TEXT,
          statusPath: { type: 'string', pattern: '^/.*/\\{.+\\}$' },
        },
      },
    },
    auth: {
      type: 'object',
      additionalProperties: false,
      required: ['mode'],
      properties: {
        mode: { enum: AUTH_MODES },
        bearer: { type: 'boolean' },
        headers: { type: 'array', minItems: 1, items: TEXT },
        fields: { type: 'array', minItems: 1, items: TEXT },
        clientIds: { type: 'array', minItems: 1, items: TEXT },
        clients: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['name', 'keyIds'],
            properties: { name: TEXT, keyIds: { type: 'array', minItems: 1, items: TEXT } },
          },
        },
      },
    },
    models: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'region'],
        properties: { id: TEXT, region: TEXT, family: TEXT, call: TEXT, service: { const: 'sagemaker' }, priceUsd: PRICE },
      },
    },
    edits: {
      type: 'object',
      additionalProperties: false,
      required: ['region', 'operations'],
      properties: { region: TEXT, operations: { type: 'array', minItems: 1, items: TEXT } },
    },
    textModel: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'region'],
      properties: {
        id: TEXT,
        region: TEXT,
        call: TEXT,
        price: { type: 'object', additionalProperties: false, required: ['input', 'output'], properties: { input: PRICE, output: PRICE } },
      },
    },
    budget: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: { dailyUsd: { type: 'number', exclusiveMinimum: 0 }, dailyUsdPerOwner: { type: 'number', exclusiveMinimum: 0 } },
    },
    policy: {
      type: 'object',
      additionalProperties: false,
      properties: {
        maxChars: { type: 'integer', minimum: 1 },
        deny: { type: 'array', items: TEXT },
        guardrail: {
          type: 'object',
          additionalProperties: false,
          required: ['id', 'version', 'region'],
          properties: { id: TEXT, version: TEXT, region: TEXT },
        },
        retention: { enum: PROMPT_RETENTIONS },
      },
    },
    queue: {
      type: 'object',
      additionalProperties: false,
      required: ['url', 'deadLetterUrl', 'concurrency', 'maxReceiveCount', 'maxAgeSeconds'],
      properties: {
        url: TEXT,
        deadLetterUrl: TEXT,
        concurrency: { type: 'integer', minimum: 1 },
        maxReceiveCount: { type: 'integer', minimum: 1 },
        maxAgeSeconds: { type: 'integer', minimum: 1 },
      },
    },
    events: {
      type: 'object',
      additionalProperties: false,
      properties: { prompts: { type: 'boolean' } },
    },
  },
} as const;

const TEXTS = { type: 'array', minItems: 1, items: TEXT } as const;

/** The configuration that the construct passes to the Lambda authorizer of JSON Web Tokens. */
export const AUTHORIZER_CONFIGURATION_SCHEMA = {
  $id: 'AuthorizerConfiguration',
  type: 'object',
  additionalProperties: false,
  required: ['issuer', 'audience', 'algorithms', 'clockToleranceSeconds'],
  properties: {
    issuer: TEXT,
    audience: TEXTS,
    jwksUri: TEXT,
    algorithms: { type: 'array', minItems: 1, items: { enum: JWT_ALGORITHMS } },
    scopes: TEXTS,
    clockToleranceSeconds: { type: 'integer', minimum: 0 },
  },
} as const;

/** Parses a configuration and throws if it does not match the schema. A handler does not check its configuration. */
export function parseConfiguration<T>(json: string, schema: AnySchema): T {
  const configuration = JSON.parse(json) as T;
  if (!AJV.validate(schema, configuration)) throw new Error(`the configuration is not valid: ${AJV.errorsText()}`);
  return configuration;
}
