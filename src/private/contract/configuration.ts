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
  /** What callers and records call it; the model's id unless `call` is given. */
  readonly id: string;
  /** Region of the endpoint. */
  readonly region: string;
  /** Only where the catalog does not know it, or names another. */
  readonly family?: string;
  /** What is called, where that is not the id: an inference profile, a provisioned model's ARN. */
  readonly call?: string;
  /** The catalog's model behind it, where that is not the id. */
  readonly base?: string;
  /** Absent: Bedrock. */
  readonly service?: 'sagemaker';
}

/** The operations of `POST /images/edits`, and where their models are called. */
export interface ConfiguredEdits {
  readonly region: string;
  readonly operations: readonly string[];
}

/** The model of `POST /text` and of enhanced prompts. */
export interface ConfiguredTextModel {
  readonly id: string;
  readonly region: string;
  /** An inference profile, where the id itself cannot be called. */
  readonly call?: string;
}

/** What is kept of a prompt in the record of its images. */
export const PROMPT_RETENTIONS = ['store', 'hash', 'none'] as const;

export interface ConfiguredPolicy {
  readonly maxChars?: number;
  /** Words and phrases that no prompt may contain. */
  readonly deny?: readonly string[];
  readonly guardrail?: { readonly id: string; readonly version: string; readonly region: string };
  /** Absent: stored. */
  readonly retention?: typeof PROMPT_RETENTIONS[number];
}

/** A named API client and the ids of its API keys. */
export interface ConfiguredClient {
  readonly name: string;
  readonly keyIds: readonly string[];
}

export interface ConfiguredAuth {
  /** Where the owner of an image is read from; see `src/handlers/http/owner.ts`. */
  readonly mode: 'iam' | 'apiKey' | 'authorizer' | 'none';
  /** Mode `apiKey` only. */
  readonly clients?: readonly ConfiguredClient[];
  /** Mode `apiKey` only: OpenAI's routes take keys as bearer tokens. */
  readonly bearer?: boolean;
  /** Headers with the credentials, where they are not the usual ones. */
  readonly headers?: readonly string[];
  /** Mode `authorizer` only: what of its answer is the owner, nested names with a dot. */
  readonly fields?: readonly string[];
}

/** The queue of jobs, as functions use it. */
export interface ConfiguredQueue {
  readonly url: string;
  readonly deadLetterUrl: string;
  /** How many jobs are worked on at once. */
  readonly concurrency: number;
  /** How often a job is handed out; the last time it is only marked as failed. */
  readonly maxReceiveCount: number;
  /** How long a job may wait: SQS drops its message some time later, and then nobody would mark it. */
  readonly maxAgeSeconds: number;
}

/** What is told about images on the event bus of the account. */
export interface ConfiguredEvents {
  /** Id of the REST API. */
  readonly api: string;
  /** With their prompts. */
  readonly prompts?: boolean;
}

/** Sets of routes. */
export const ROUTE_SETS = ['standard', 'openAi'] as const;
export type ConfiguredRoutes = typeof ROUTE_SETS[number];

/** How a route of an older system answers. */
export const LEGACY_REPLIES = ['presignedUrl', 'base64', 'storedMessage', 'text', 'job'] as const;
export const LEGACY_METHODS = ['GET', 'POST'] as const;

/** A route that stands for one of an older system. */
export interface ConfiguredLegacyRoute {
  readonly path: string;
  readonly methods: readonly (typeof LEGACY_METHODS[number])[];
  /** What the old system calls the prompt. */
  readonly prompt: string;
  /** Other parameters that the old system knows, each with the name of ours. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly reply: typeof LEGACY_REPLIES[number];
  /** Reply `storedMessage` only: what it says. */
  readonly message?: string;
  /** Reply `job` only: where its clients ask for an image, whose id is the last segment, in braces. */
  readonly statusPath?: string;
}

/** In `parameters` of a legacy route beside the fields of a request: width and height in one text, as in `1024x768`. */
export const SIZE_TARGET = 'size';

export interface HandlerConfiguration {
  readonly bucket: string;
  /** Key prefix of all images: empty, or ends in a slash. */
  readonly prefix: string;
  readonly table: string;
  readonly expirationDays: number;
  readonly presignTtlSeconds: number;
  /** Allowed origins; `*` alone allows all. */
  readonly corsOrigins: readonly string[];
  readonly routes: readonly ConfiguredRoutes[];
  readonly legacy?: readonly ConfiguredLegacyRoute[];
  readonly auth: ConfiguredAuth;
  readonly models: readonly ConfiguredModel[];
  readonly edits?: ConfiguredEdits;
  readonly textModel?: ConfiguredTextModel;
  readonly policy?: ConfiguredPolicy;
  /** Only with queued delivery. */
  readonly queue?: ConfiguredQueue;
  /** Only where somebody wants to know. */
  readonly events?: ConfiguredEvents;
}

const TEXT = { type: 'string', minLength: 1 } as const;

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
    // empty where all routes are legacy ones
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
        mode: { enum: ['iam', 'apiKey', 'authorizer', 'none'] },
        bearer: { type: 'boolean' },
        headers: { type: 'array', minItems: 1, items: TEXT },
        fields: { type: 'array', minItems: 1, items: TEXT },
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
        properties: { id: TEXT, region: TEXT, family: TEXT, call: TEXT, base: TEXT, service: { const: 'sagemaker' } },
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
