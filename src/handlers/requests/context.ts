import type { ImageSources } from './input-images';
import type { AllowedEdit, AllowedModels, AllowedText } from './model-registry';
import type { PromptRules } from './prompt-policy';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import type { GenerationPorts } from '../generation/generate';
import type { Batches } from '../generation/ports';
import type { HttpAnswer, HttpRequest } from '../http/request';
import type { AnswerContext } from '../http/responses';
import type { UploadSigner, UrlSigner } from '../http/signed-urls';
import type { JobQueue } from '../jobs/job';

/** What routes work with. */
export interface RouteContext {
  readonly configuration: HandlerConfiguration;
  readonly models: AllowedModels;
  readonly edits: readonly AllowedEdit[];
  /** Only with a text model. */
  readonly text?: AllowedText;
  readonly rules: PromptRules;
  readonly ports: GenerationPorts;
  readonly signer: UrlSigner & UploadSigner;
  readonly batches: Batches;
  /** Only with queued delivery. */
  readonly queue?: JobQueue;
}

export type RouteFunction = (request: HttpRequest, context: RouteContext) => Promise<HttpAnswer>;

export function answerContext({ configuration, signer, ports }: RouteContext): AnswerContext {
  return { signer, presignTtlSeconds: configuration.presignTtlSeconds, now: () => ports.clock.now() };
}

export function imageSources(owner: string, { configuration: { prefix }, ports: { records, store, clock } }: RouteContext): ImageSources {
  return { owner, prefix, records, store, now: () => clock.now() };
}

/** Whether large files can be sent by `POST /images/uploads`. */
export function hasUploads({ edits, configuration }: RouteContext): boolean {
  return edits.length > 0 && configuration.routes.includes('standard');
}
