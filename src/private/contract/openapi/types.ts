import { ConfiguredAuth } from '../configuration';
import { ErrorCode } from '../errors';
import { Route } from '../routes';

export type Json = Readonly<Record<string, unknown>>;

/** A route as it is to be described. */
export interface DescribedRoute extends Route {
  /** Of a route that is none of ours. */
  readonly legacy?: DescribedLegacy;
}

/** What the operator said of a route of an older system. */
export interface DescribedLegacy {
  /** The field or query parameter with the prompt. */
  readonly prompt?: string;
  /** Others that count, each with the name of ours. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether it draws, starts what is drawn later, tells what became of that, or writes text, which heeds no `Idempotency-Key`. */
  readonly does: 'draw' | 'start' | 'tell' | 'write';
}

/** The API that a document is about. */
export interface DescribedApi {
  /** Where it is, without a slash at the end. */
  readonly serverUrl: string;
  readonly auth: ConfiguredAuth['mode'];
  /** Those that were built. */
  readonly routes: readonly DescribedRoute[];
  /** Of mode `apiKey`: routes for clients that know no other header take the key as `Authorization: Bearer`. */
  readonly bearer?: boolean;
  /** Images can be drawn later. */
  readonly queued?: boolean;
  /** Headers with the credentials, where they are not the usual ones. */
  readonly credentialHeaders?: readonly string[];
  /** Ids and aliases of models; absent: not known, as in the document of the package. */
  readonly models?: readonly string[];
  /** Those of edits; absent: as above. */
  readonly operations?: readonly string[];
}

export const TAGS = {
  Images: 'Make images and get them back.',
  Edits: 'Change images.',
  Text: 'Write text.',
  Models: 'What this API can do.',
  OpenAI: 'For clients of OpenAI\'s image API.',
  Legacy: 'For clients of an earlier API.',
  Description: 'This document.',
} as const;

export interface Operation {
  readonly operationId: string;
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Json[];
  readonly requestBody?: Json;
  /** What it answers when all is well, by status. */
  readonly answers: Readonly<Record<number, Json>>;
  /** What can go wrong beside what can go wrong everywhere. */
  readonly errors: readonly ErrorCode[];
  /** Statuses that differ from those of the table. */
  readonly statuses?: Readonly<Partial<Record<ErrorCode, number>>>;
}

/** Operations differ by what an API allows. */
export type Describe = (api: DescribedApi) => Operation;
