import { allowedParameters, textParameters } from './allowed-parameters';
import type { ConfiguredEdits, ConfiguredModel, ConfiguredPolicy, ConfiguredTextModel } from '../../private/contract/configuration';
import {
  catalogModel, EDIT_MODELS, editProfile, FAMILIES, textModel, tokenPrice,
  type CatalogModel, type EditModel, type Lifecycle, type ModelFamily, type ModelParameters, type Parameter, type ParameterRules,
  type TextCatalogModel, type TokenPrice,
} from '../../private/contract/models';
import type { Model } from '../generation/ports';

/** An image model of this API and its parameters. */
export interface AllowedModel {
  readonly model: Model;
  readonly parameters: ModelParameters;
  readonly rules: ParameterRules;
  /** How many images one call generates. */
  readonly imagesPerCall: number;
  /** Absent if the catalog does not have the model. */
  readonly catalogEntry?: CatalogModel;
  readonly lifecycle: Lifecycle;
}

/** The image models of this API. */
export class ModelRegistry {
  public readonly all: readonly AllowedModel[];

  constructor(configured: readonly ConfiguredModel[], policy?: ConfiguredPolicy) {
    this.all = configured.map((model) => allowedModel(model, policy));
  }

  /** The model of requests without `model`. */
  public get defaultModel(): AllowedModel {
    return this.all[0];
  }

  /** The ids and aliases that callers can use. */
  public get names(): string[] {
    return this.all.flatMap(({ model, catalogEntry }) => [model.id, ...(catalogEntry ? [catalogEntry.alias] : [])]);
  }

  public find(name: string): AllowedModel | undefined {
    return this.all.find(({ model }) => model.id === name) ?? this.all.find(({ catalogEntry }) => catalogEntry?.alias === name);
  }
}

function allowedModel(
  { id, region, family: configuredFamily, call: invokedId = id, service, priceUsd }: ConfiguredModel, policy?: ConfiguredPolicy,
): AllowedModel {
  const catalogEntry = catalogModel(id);
  const family = (configuredFamily ?? catalogEntry?.family) as ModelFamily | undefined;
  const familyDefaults = family && FAMILIES[family];
  if (!family || !familyDefaults) throw new Error(`model ${id} has no known family`);
  const sameFamily = catalogEntry?.family === family ? catalogEntry : undefined;
  return {
    model: { id, invokedId, region, family, service: service ?? 'bedrock', priceUsd: priceUsd ?? onDemandPrice(invokedId, catalogEntry) },
    parameters: allowedParameters(sameFamily?.parameters ?? familyDefaults.parameters, policy),
    rules: sameFamily?.rules ?? familyDefaults.rules ?? {},
    imagesPerCall: familyDefaults.imagesPerCall,
    catalogEntry,
    // the lifecycle dates apply to on-demand use only, not to provisioned throughput
    lifecycle: (invokedId.startsWith('arn:') ? undefined : catalogEntry?.lifecycle) ?? {},
  };
}

/** Provisioned throughput has no price per image. */
function onDemandPrice(invokedId: string, catalogEntry: CatalogModel | undefined): number | undefined {
  return invokedId.startsWith('arn:') ? undefined : catalogEntry?.priceUsd;
}

/** An edit operation of this API. */
export interface AllowedEdit extends AllowedModel {
  readonly edit: EditModel;
}

/** Returns the configured edits. */
export function allowedEdits({ region, operations }: ConfiguredEdits, policy?: ConfiguredPolicy): AllowedEdit[] {
  return EDIT_MODELS.filter(({ operation }) => operations.includes(operation)).map((edit) => ({
    edit,
    model: { id: edit.id, invokedId: editProfile(edit.id), region, family: 'stability-services', service: 'bedrock', priceUsd: edit.priceUsd },
    parameters: allowedParameters(edit.parameters, policy),
    rules: edit.rules ?? {},
    imagesPerCall: FAMILIES['stability-services'].imagesPerCall,
    lifecycle: {},
  }));
}

/** The text model of this API and its parameters. */
export interface AllowedText {
  readonly model: { readonly id: string };
  readonly region: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly rules: ParameterRules;
  /** Absent if the catalog does not have the model. */
  readonly catalogEntry?: TextCatalogModel;
  /** Absent if it is not known. */
  readonly price?: TokenPrice;
}

/** The limit of models that the catalog does not have: the maximum of the request schema. */
const DEFAULT_MAX_TOKENS = 65_535;

/** Returns the configured text model. */
export function allowedText({ id, region, call, price }: ConfiguredTextModel, policy?: ConfiguredPolicy): AllowedText {
  const catalogEntry = textModel(id);
  const parameters = textParameters(catalogEntry?.maxOutputTokens ?? DEFAULT_MAX_TOKENS, catalogEntry?.defaults);
  return {
    model: { id },
    region,
    parameters: allowedParameters(parameters, policy),
    rules: {},
    catalogEntry,
    price: price ?? (catalogEntry && tokenPrice(catalogEntry, region, call)),
  };
}
