import { validateHandlerConfiguration } from './validators.generated';
import { CONFIGURATION_VARIABLE, type HandlerConfiguration } from '../../private/contract/configuration';

/** The choices that the construct made. Throws where they are missing or not what the contract says: a broken deployment. */
export function loadConfiguration(environment: Readonly<Record<string, string | undefined>>): HandlerConfiguration {
  const json = environment[CONFIGURATION_VARIABLE];
  if (json === undefined) throw new Error(`environment variable ${CONFIGURATION_VARIABLE} is missing`);
  const configuration: unknown = JSON.parse(json);
  if (!validateHandlerConfiguration(configuration)) {
    const places = (validateHandlerConfiguration.errors ?? []).map(({ instancePath, keyword }) => `${instancePath || '/'} (${keyword})`);
    throw new Error(`environment variable ${CONFIGURATION_VARIABLE} is not valid at ${places.join(', ')}`);
  }
  return configuration as HandlerConfiguration;
}
