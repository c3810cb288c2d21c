import type { HandlerConfiguration } from '../../private/contract/configuration';
import type { GenerationPorts } from '../generation/generate';
import type { HandlerContext } from '../requests/context';
import { allowedEdits, allowedText, ModelRegistry } from '../requests/model-registry';
import { PromptPolicy } from '../shared/prompt-policy';

/** The implementations of the ports: adapters for AWS services, or fakes in tests. */
export interface Adapters extends Omit<GenerationPorts, 'promptPolicy'>, Pick<HandlerContext, 'signer' | 'batches' | 'queue'> {}

/** Assembles the context of the handlers from the configuration and the adapters. */
export function assemble(configuration: HandlerConfiguration, { signer, batches, queue, ...ports }: Adapters): HandlerContext {
  const { models, edits, textModel, policy } = configuration;
  return {
    configuration,
    models: new ModelRegistry(models, policy),
    edits: edits ? allowedEdits(edits, policy) : [],
    text: textModel && allowedText(textModel, policy),
    signer,
    batches,
    queue,
    ports: { ...ports, promptPolicy: new PromptPolicy(policy) },
  };
}
