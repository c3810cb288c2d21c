import type { AllowedModel } from './models';
import { GENERATE_REQUEST_SCHEMA } from '../../private/contract/requests';

/** What a client needs to know to offer a model. */
export function modelAnswer({ model, parameters, known }: AllowedModel, standard: boolean): Record<string, unknown> {
  const { minimum, maximum, default: one } = GENERATE_REQUEST_SCHEMA.properties.count;
  return {
    id: model.id,
    ...(known && { alias: known.alias, name: known.name, provider: known.provider, priceUsd: known.priceUsd }),
    default: standard,
    region: model.region,
    parameters: { ...parameters, count: { minimum, maximum, default: one } },
  };
}
