import type { ConfiguredModel } from '../../private/contract/configuration';
import { catalogModel, FAMILY_PARAMETERS, type CatalogModel, type ModelFamily, type ModelParameters } from '../../private/contract/models';
import type { Model } from '../generation/ports';

/** A model that callers of this API may use. */
export interface AllowedModel {
  readonly model: Model;
  readonly parameters: ModelParameters;
  /** What is known of it beyond its family. */
  readonly known?: CatalogModel;
}

export class AllowedModels {
  public readonly all: readonly AllowedModel[];

  constructor(configured: readonly ConfiguredModel[]) {
    this.all = configured.map(allow);
  }

  /** The one for requests that name none. */
  public get standard(): AllowedModel {
    return this.all[0];
  }

  /** All that a caller may write. */
  public get names(): string[] {
    return this.all.flatMap(({ model, known }) => [model.id, ...(known ? [known.alias] : [])]);
  }

  public find(name: string): AllowedModel | undefined {
    return this.all.find(({ model, known }) => model.id === name || known?.alias === name);
  }
}

function allow({ id, region, family: configuredFamily }: ConfiguredModel): AllowedModel {
  const known = catalogModel(id);
  const family = configuredFamily ?? known?.family;
  const parameters = known?.parameters ?? FAMILY_PARAMETERS[family as ModelFamily];
  if (!family || !parameters) throw new Error(`model ${id} has no known family`);
  return { model: { id, region, family }, parameters, known };
}
