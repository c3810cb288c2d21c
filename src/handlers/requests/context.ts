import type { AllowedEdit, ModelRegistry, AllowedText } from './model-registry';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import type { GenerationPorts } from '../generation/generate';
import type { Batches, JobQueue, UploadSigner, UrlSigner } from '../generation/ports';

/** The configuration of an API and the ports of its handlers. */
export interface HandlerContext {
  readonly configuration: HandlerConfiguration;
  readonly models: ModelRegistry;
  readonly edits: readonly AllowedEdit[];
  /** Only with a text model. */
  readonly text?: AllowedText;
  readonly ports: GenerationPorts;
  readonly signer: UrlSigner & UploadSigner;
  readonly batches: Batches;
  /** Only with queued delivery. */
  readonly queue?: JobQueue;
}

/** Returns whether the API has `POST /images/uploads`. */
export function hasUploads({ edits, configuration }: HandlerContext): boolean {
  return edits.length > 0 && configuration.routes.includes('standard');
}
