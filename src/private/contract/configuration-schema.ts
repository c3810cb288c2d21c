import { AUTH_MODES, LEGACY_METHODS, LEGACY_REPLIES, PROMPT_RETENTIONS, ROUTE_SETS } from './configuration';

const TEXT = { type: 'string', minLength: 1 } as const;

/** Validates the configuration when an execution environment starts. */
export const HANDLER_CONFIGURATION_SCHEMA = {
  $id: 'HandlerConfiguration',
  type: 'object',
  additionalProperties: false,
  required: ['bucket', 'prefix', 'table', 'expirationDays', 'presignTtlSeconds', 'corsOrigins', 'routes', 'auth', 'models'],
  properties: {
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
        properties: { id: TEXT, region: TEXT, family: TEXT, call: TEXT, service: { const: 'sagemaker' } },
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
      properties: { id: TEXT, region: TEXT, call: TEXT },
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
      required: ['api'],
      properties: { api: TEXT, prompts: { type: 'boolean' } },
    },
  },
} as const;
