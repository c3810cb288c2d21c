import { show } from './faults';
import type { AllowedModel } from './models';
import type { Fault } from '../../private/contract/errors';

/** What `data` asks of a model that it cannot do: refused, never dropped silently. Values of the wrong type are left out. */
export function parameterFaults(data: Readonly<Record<string, unknown>>, { model, parameters }: AllowedModel): Fault[] {
  const faults: Fault[] = [];
  const refuse = (field: string, detail: string) => faults.push({ pointer: `/${field}`, detail });
  const given = (field: string) => data[field] !== undefined;

  for (const field of ['style', 'cfgScale', 'steps']) {
    if (given(field)) refuse(field, `is not supported by ${model.id}`);
  }
  if (data.enhancePrompt === true) refuse('enhancePrompt', 'is not available: this API has no text model');

  for (const field of ['prompt', 'negativePrompt'] as const) {
    const limit = parameters[field];
    const value = data[field];
    if (typeof value !== 'string') continue;
    if (!limit) refuse(field, `is not supported by ${model.id}`);
    else if ([...value].length > limit.maxLength) refuse(field, `must have at most ${limit.maxLength} characters for ${model.id}, got ${[...value].length}`);
  }

  for (const field of ['aspectRatio', 'outputFormat'] as const) {
    const value = data[field];
    if (typeof value !== 'string') continue;
    const choices = parameters[field]?.values;
    if (!choices) refuse(field, `is not supported by ${model.id}`);
    else if (!choices.includes(value)) refuse(field, `must be one of ${choices.join(', ')} for ${model.id}, got ${show(value)}`);
  }
  if (given('aspectRatio')) {
    for (const field of ['width', 'height']) {
      if (given(field)) refuse(field, 'cannot be combined with aspectRatio; give one or the other');
    }
  }

  const { minimum, maximum } = parameters.seed;
  if (typeof data.seed === 'number' && (data.seed < minimum || data.seed > maximum)) {
    refuse('seed', `must be a whole number from ${minimum} to ${maximum} for ${model.id}, got ${data.seed}`);
  }
  return faults;
}
