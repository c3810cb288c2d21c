/** The response of `GET /models`: what this API can do. Every control of the page follows from it. */
import { type Capabilities, type Model, type Target } from '../../private/contract/responses';

/** Returns the model of an id or alias, or the default model. */
export function findModel({ models }: Capabilities, name: string | undefined): Model {
  return models.find(({ id, alias }) => name !== undefined && (id === name || alias === name)) ?? models.find((model) => model.default) ?? models[0];
}

/** Returns the label of a model or edit. */
export function labelOf({ name, id }: Target): string {
  return name ?? id;
}
