import { createAdapters } from './adapters';
import { assemble } from './assemble';
import { CONFIGURATION_VARIABLE, type HandlerConfiguration } from '../../private/contract/configuration';
import type { HandlerContext } from '../requests/context';
import { loadConfiguration } from '../shared/load-configuration';

/** Creates the context of the handlers from the environment of the function. */
export function createHandlerContext(environment: Readonly<Record<string, string | undefined>>): HandlerContext {
  const configuration = loadConfiguration<HandlerConfiguration>(environment, CONFIGURATION_VARIABLE);
  return assemble(configuration, createAdapters(configuration, environment.AWS_REGION));
}
