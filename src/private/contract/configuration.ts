/**
 * What the construct hands to the handler: one JSON document in the environment. It carries choices only; what is known
 * about models is compiled into the bundle.
 */

/** The environment variable. */
export const CONFIGURATION_VARIABLE = 'GENAI_IMAGE_API';

/** Lambda allows 4 KB for all variables together (Lambda quotas); the rest is left to the runtime and to users. */
export const CONFIGURATION_MAX_BYTES = 3_500;

/** A model that callers may name; the first of the list is the default. */
export interface ConfiguredModel {
  readonly id: string;
  /** Region of the Bedrock endpoint. */
  readonly region: string;
  /** Only for a model that is not in the catalog. */
  readonly family?: string;
}

/** A named API client and the ids of its API keys. */
export interface ConfiguredClient {
  readonly name: string;
  readonly keyIds: readonly string[];
}

export interface ConfiguredAuth {
  /** Where the owner of an image is read from; see `src/handlers/http/owner.ts`. */
  readonly mode: 'iam' | 'apiKey' | 'none';
  /** Mode `apiKey` only. */
  readonly clients?: readonly ConfiguredClient[];
}

export interface HandlerConfiguration {
  readonly bucket: string;
  /** Key prefix of all images: empty, or ends in a slash. */
  readonly prefix: string;
  readonly table: string;
  readonly expirationDays: number;
  readonly presignTtlSeconds: number;
  /** Allowed origins; `*` alone allows all. */
  readonly corsOrigins: readonly string[];
  readonly auth: ConfiguredAuth;
  readonly models: readonly ConfiguredModel[];
}

const TEXT = { type: 'string', minLength: 1 } as const;

export const HANDLER_CONFIGURATION_SCHEMA = {
  $id: 'HandlerConfiguration',
  type: 'object',
  additionalProperties: false,
  required: ['bucket', 'prefix', 'table', 'expirationDays', 'presignTtlSeconds', 'corsOrigins', 'auth', 'models'],
  properties: {
    bucket: TEXT,
    prefix: { type: 'string' },
    table: TEXT,
    expirationDays: { type: 'integer', minimum: 1 },
    presignTtlSeconds: { type: 'integer', minimum: 60, maximum: 43_200 },
    corsOrigins: { type: 'array', items: TEXT },
    auth: {
      type: 'object',
      additionalProperties: false,
      required: ['mode'],
      properties: {
        mode: { enum: ['iam', 'apiKey', 'none'] },
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
        properties: { id: TEXT, region: TEXT, family: TEXT },
      },
    },
  },
} as const;
