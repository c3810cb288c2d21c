import { type ConfiguredAuth } from '../configuration';
import { type ErrorCode } from '../errors';
import { type JsonObject } from '../json-object';
import { type Route } from '../routes';

/** A route to describe. */
export interface DescribedRoute extends Route {
  /** Set if it is a legacy route. */
  readonly legacy?: DescribedLegacyRoute;
}

/** What a legacy route returns: images, the id of a job, the status of a job, or text. */
export type LegacyRouteKind = 'images' | 'job' | 'jobStatus' | 'text';

export interface DescribedLegacyRoute {
  readonly kind: LegacyRouteKind;
  /** Name of the prompt parameter. */
  readonly prompt?: string;
  /** Other parameters. Each is mapped to a field of the standard request. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The API to describe. */
export interface DescribedApi {
  /** URL of the API, without a trailing slash. */
  readonly serverUrl: string;
  readonly auth: ConfiguredAuth['mode'];
  readonly routes: readonly DescribedRoute[];
  /** For mode `apiKey`: whether the OpenAI routes accept API keys as bearer tokens. */
  readonly bearer?: boolean;
  /** Whether delivery is queued. */
  readonly queued?: boolean;
  /** Request headers with the credentials, if they are not the default ones of the mode. */
  readonly credentialHeaders?: readonly string[];
  /** Ids and aliases of models. Absent if unknown, as in the document of the package. */
  readonly models?: readonly string[];
  /** Edit operations. Absent if unknown. */
  readonly operations?: readonly string[];
}

export const TAGS = {
  Images: 'Generate, list and delete images.',
  Edits: 'Edit images.',
  Text: 'Generate text.',
  Models: 'List the models of this API.',
  OpenAI: 'Routes for OpenAI clients.',
  Legacy: 'Routes for clients of an earlier API.',
  Description: 'The OpenAPI document.',
} as const;

export interface Operation {
  readonly operationId: string;
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly JsonObject[];
  readonly requestBody?: JsonObject;
  /** Success responses by status. */
  readonly responses: Readonly<Record<number, JsonObject>>;
  /** Errors of this operation, in addition to those of every operation. */
  readonly errors: readonly ErrorCode[];
  /** Whether a repeated request with the same `Idempotency-Key` gets the same error. */
  readonly replaysErrors?: boolean;
  /** Statuses that differ from the error table. */
  readonly statuses?: Readonly<Partial<Record<ErrorCode, number>>>;
}

/** Describes an operation of an API. */
export type DescribeOperation = (api: DescribedApi) => Operation;
