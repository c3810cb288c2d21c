import type { AnswerContext } from './answers';
import type { ImageSources } from './image-inputs';
import type { AllowedEdit, AllowedModels, AllowedText } from './models';
import type { PromptRules } from './prompt-rules';
import type { HttpAnswer, HttpRequest } from './request';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import type { GenerationPorts } from '../generation/generate';
import type { JobQueue } from '../generation/jobs';
import type { Batches } from '../generation/ports';
import type { UploadSigner, UrlSigner } from '../storage/signed-urls';

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
