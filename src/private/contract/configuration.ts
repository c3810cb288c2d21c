import { type TokenPrice } from './models';

/**
 * Configuration that the construct passes to the API and worker functions: one JSON document in an environment variable. It contains
 * the choices of the user only. Facts about models are compiled into the bundle.
 */

/** Name of the environment variable. */
export const CONFIGURATION_VARIABLE = 'GENAI_IMAGE_API';

/** Maximum size of the configuration. The Lambda quota is 4 KB for all environment variables; the rest is for the runtime and for users. */
export const CONFIGURATION_MAX_BYTES = 3_500;

/** A model that a request can name. The first one in the list is the default. */
export interface ConfiguredModel {
  /** Model id in requests, responses and records. It is also the id to invoke, unless `call` is set. */
  readonly id: string;
  /** Region in which the model is invoked. */
  readonly region: string;
  /** Model family, if the catalog has none for the id, or another one. */
  readonly family?: string;
  /** Id to invoke, if it differs from `id`: an inference profile, or the ARN of a provisioned model. */
  readonly call?: string;
  /** Service that hosts the model. Default: Amazon Bedrock. */
  readonly service?: 'sagemaker';
  /** Price of one image in US dollars, if the catalog has none for the id, or another one. */
  readonly priceUsd?: number;
}

/** The operations of `POST /images/edits`. */
export interface ConfiguredEdits {
  /** Region in which the edit models are invoked. */
  readonly region: string;
  readonly operations: readonly string[];
}

/** The model of `POST /text` and of prompt enhancement. */
export interface ConfiguredTextModel {
  readonly id: string;
  readonly region: string;
  /** Inference profile to invoke, if the model cannot be invoked by its id. */
  readonly call?: string;
  /** Price of one million tokens in US dollars, if the catalog has none for the id, or another one. */
  readonly price?: TokenPrice;
}

/** Daily limits of the estimated cost, in US dollars. A day begins at midnight UTC. */
export interface ConfiguredBudget {
  readonly dailyUsd?: number;
  readonly dailyUsdPerOwner?: number;
}

/** What the record of an image stores of its prompt. */
export const PROMPT_RETENTIONS = ['store', 'hash', 'none'] as const;

export interface ConfiguredPolicy {
  readonly maxChars?: number;
  /** Words and phrases that a prompt must not contain. */
  readonly deny?: readonly string[];
  readonly guardrail?: { readonly id: string; readonly version: string; readonly region: string };
  /** Default: `store`. */
  readonly retention?: typeof PROMPT_RETENTIONS[number];
}

/** An API client and the ids of its API keys. */
export interface ConfiguredClient {
  readonly name: string;
  readonly keyIds: readonly string[];
}

export const AUTH_MODES = ['iam', 'apiKey', 'authorizer', 'none'] as const;

export interface ConfiguredAuth {
  /** Source of the image owner. */
  readonly mode: typeof AUTH_MODES[number];
  /** For mode `apiKey`. */
  readonly clients?: readonly ConfiguredClient[];
  /** For mode `apiKey`: whether the OpenAI routes accept API keys as bearer tokens. */
  readonly bearer?: boolean;
  /** Request headers with the credentials, if they are not the default ones of the mode. */
  readonly headers?: readonly string[];
  /** For mode `authorizer`: fields of the authorizer context that identify the owner. A nested field is written with dots. */
  readonly fields?: readonly string[];
  /** App clients of a Cognito user pool whose tokens the handler accepts. Undefined for all. */
  readonly clientIds?: readonly string[];
}

/** The job queue. */
export interface ConfiguredQueue {
  readonly url: string;
  readonly deadLetterUrl: string;
  /** Maximum number of jobs that run at the same time. */
  readonly concurrency: number;
  /** Number of times that a job is received. The last receive only marks the job as failed. */
  readonly maxReceiveCount: number;
  /** Maximum age of a job. It is shorter than the retention period of the queue, so that a job is marked as failed before SQS deletes its message. */
  readonly maxAgeSeconds: number;
}

/** The image events on the default event bus. */
export interface ConfiguredEvents {
  /** Whether events contain the prompt. */
  readonly prompts?: boolean;
}

/** Route sets. */
export const ROUTE_SETS = ['standard', 'openAi'] as const;
export type ConfiguredRoutes = typeof ROUTE_SETS[number];

/** Response formats of legacy routes. */
export const LEGACY_REPLIES = ['presignedUrl', 'base64', 'storedMessage', 'text', 'job'] as const;
export const LEGACY_METHODS = ['GET', 'POST'] as const;

/** A route that replaces a route of an earlier API. */
export interface ConfiguredLegacyRoute {
  readonly path: string;
  readonly methods: readonly (typeof LEGACY_METHODS[number])[];
  /** Name of the prompt parameter in the earlier API. */
  readonly prompt: string;
  /** Other parameters of the earlier API. Each is mapped to a field of the standard request. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly reply: typeof LEGACY_REPLIES[number];
  /** For reply `storedMessage`: the message. */
  readonly message?: string;
  /** For reply `job`: path of the job status. The last segment is the id, in braces. */
  readonly statusPath?: string;
}

/** Target for a legacy parameter that contains width and height in one text, such as `1024x768`. It is not a field of the standard request. */
export const SIZE_TARGET = 'size';

export interface HandlerConfiguration {
  /** Id of the REST API, which metrics and events contain. */
  readonly api: string;
  readonly bucket: string;
  /** Key prefix of all images. Empty, or ends with a slash. */
  readonly prefix: string;
  readonly table: string;
  readonly expirationDays: number;
  readonly presignTtlSeconds: number;
  /** Allowed origins. A single `*` allows all. */
  readonly corsOrigins: readonly string[];
  readonly routes: readonly ConfiguredRoutes[];
  readonly legacy?: readonly ConfiguredLegacyRoute[];
  readonly auth: ConfiguredAuth;
  readonly models: readonly ConfiguredModel[];
  readonly edits?: ConfiguredEdits;
  readonly textModel?: ConfiguredTextModel;
  readonly policy?: ConfiguredPolicy;
  readonly budget?: ConfiguredBudget;
  /** Set if delivery is queued. */
  readonly queue?: ConfiguredQueue;
  /** Set if the stack has an event rule for images. */
  readonly events?: ConfiguredEvents;
}
