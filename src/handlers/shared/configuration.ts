import { loadDocument } from './environment';
import { CONFIGURATION_VARIABLE, type HandlerConfiguration } from '../../private/contract/configuration';
import { validateHandlerConfiguration } from '../requests/validators/validators.generated';

export function loadConfiguration(environment: Readonly<Record<string, string | undefined>>): HandlerConfiguration {
  return loadDocument(environment, CONFIGURATION_VARIABLE, validateHandlerConfiguration);
}
