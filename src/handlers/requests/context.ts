import type { ImageSources } from './input-images';
import type { AllowedEdit, ModelRegistry, AllowedText } from './model-registry';
import type { PromptPolicy } from './prompt-policy';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import type { GenerationPorts } from '../generation/generate';
import type { Batches } from '../generation/ports';
import type { HttpResponse, HttpRequest } from '../http/request';
import type { ResponseContext } from '../http/responses';
import type { UploadSigner, UrlSigner } from '../http/signed-urls';
import type { JobQueue } from '../jobs/job';

/** What routes work with. */
export interface HandlerContext {
  readonly configuration: HandlerConfiguration;
  readonly models: ModelRegistry;
  readonly edits: readonly AllowedEdit[];
  /** Only with a text model. */
  readonly text?: AllowedText;
  readonly promptPolicy: PromptPolicy;
  readonly ports: GenerationPorts;
  readonly signer: UrlSigner & UploadSigner;
  readonly batches: Batches;
  /** Only with queued delivery. */
  readonly queue?: JobQueue;
}

export type RouteFunction = (request: HttpRequest, context: HandlerContext) => Promise<HttpResponse>;

export function responseContext({ configuration, signer, ports }: HandlerContext): ResponseContext {
  return { signer, presignTtlSeconds: configuration.presignTtlSeconds, now: () => ports.clock.now() };
}

export function imageSources(owner: string, { configuration: { prefix }, ports: { records, store, clock } }: HandlerContext): ImageSources {
  return { owner, prefix, records, store, now: () => clock.now() };
}

/** Whether large files can be sent by `POST /images/uploads`. */
export function hasUploads({ edits, configuration }: HandlerContext): boolean {
  return edits.length > 0 && configuration.routes.includes('standard');
}
