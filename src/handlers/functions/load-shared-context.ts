import { createAdapters } from './adapters';
import { sharedContext } from './shared-context';
import { CONFIGURATION_VARIABLE, type HandlerConfiguration } from '../../private/contract/configuration';
import type { SharedContext } from '../requests/context';
import { loadConfiguration } from '../shared/load-configuration';

/** Reads the configuration from the environment of the function, creates its adapters, and returns the context that all requests share. */
export function loadSharedContext(environment: Readonly<Record<string, string | undefined>>): SharedContext {
  const configuration = loadConfiguration<HandlerConfiguration>(environment, CONFIGURATION_VARIABLE);
  return sharedContext(configuration, createAdapters(configuration, environment.AWS_REGION));
}
