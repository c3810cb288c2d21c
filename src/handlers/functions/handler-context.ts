import { createAdapters } from './adapters';
import { assemble } from './assemble';
import { CONFIGURATION_VARIABLE, type HandlerConfiguration } from '../../private/contract/configuration';
import type { SharedContext } from '../requests/context';
import { loadConfiguration } from '../shared/load-configuration';

/** Creates the context that requests share from the environment of the function. */
export function createHandlerContext(environment: Readonly<Record<string, string | undefined>>): SharedContext {
  const configuration = loadConfiguration<HandlerConfiguration>(environment, CONFIGURATION_VARIABLE);
  return assemble(configuration, createAdapters(configuration, environment.AWS_REGION));
}
