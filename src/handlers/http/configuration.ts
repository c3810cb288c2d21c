import { validateHandlerConfiguration } from './validators.generated';
import { CONFIGURATION_VARIABLE, type HandlerConfiguration } from '../../private/contract/configuration';
import { loadDocument } from '../environment';

export function loadConfiguration(environment: Readonly<Record<string, string | undefined>>): HandlerConfiguration {
  return loadDocument(environment, CONFIGURATION_VARIABLE, validateHandlerConfiguration);
}
