import type { HandlerConfiguration } from '../../private/contract/configuration';
import type { HandlerContext, SharedContext, SharedPorts } from '../requests/context';
import { allowedEdits, allowedText, ModelRegistry } from '../requests/model-registry';
import { PromptPolicy } from '../shared/prompt-policy';

/** The implementations of the ports: adapters for AWS services, or fakes in tests. */
export interface Adapters extends Omit<SharedPorts, 'promptPolicy' | 'textPrice'>, Pick<HandlerContext, 'signer' | 'batches' | 'queue'> {}

/** Returns the context that all requests of an execution environment share. */
export function sharedContext(configuration: HandlerConfiguration, { signer, batches, queue, ...ports }: Adapters): SharedContext {
  const { models, edits, textModel, policy } = configuration;
  const text = textModel && allowedText(textModel, policy);
  return {
    configuration,
    models: new ModelRegistry(models, policy),
    edits: edits ? allowedEdits(edits, policy) : [],
    text,
    signer,
    batches,
    queue,
    ports: { ...ports, promptPolicy: new PromptPolicy(policy), textPrice: text?.price },
  };
}
