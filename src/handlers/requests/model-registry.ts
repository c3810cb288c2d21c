import { allowedParameters, textParameters } from './allowed-parameters';
import type { ConfiguredEdits, ConfiguredModel, ConfiguredPolicy, ConfiguredTextModel } from '../../private/contract/configuration';
import {
  catalogModel, EDIT_MODELS, editProfile, FAMILIES, textModel,
  type CatalogModel, type EditModel, type Lifecycle, type ModelFamily, type ModelParameters, type Parameter, type ParameterRules,
  type TextCatalogModel,
} from '../../private/contract/models';
import type { Model } from '../generation/ports';

/** A model that callers of this API may use, and what it takes. */
export interface AllowedModel {
  readonly model: Model;
  readonly parameters: ModelParameters;
  readonly rules: ParameterRules;
  /** How many images one call draws. */
  readonly imagesPerCall: number;
  /** What is known of it beyond its family. */
  readonly known?: CatalogModel;
  readonly lifecycle: Lifecycle;
}

export class ModelRegistry {
  public readonly all: readonly AllowedModel[];

  constructor(configured: readonly ConfiguredModel[], policy?: ConfiguredPolicy) {
    this.all = configured.map((model) => allow(model, policy));
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
    return this.all.find(({ model }) => model.id === name) ?? this.all.find(({ known }) => known?.alias === name);
  }
}

function allow({ id, region, family: configuredFamily, call = id, service }: ConfiguredModel, policy?: ConfiguredPolicy): AllowedModel {
  const known = catalogModel(id);
  const family = (configuredFamily ?? known?.family) as ModelFamily | undefined;
  const facts = family && FAMILIES[family];
  if (!family || !facts) throw new Error(`model ${id} has no known family`);
  const ofCatalog = known?.family === family ? known : undefined;
  return {
    model: { id, call, region, family, service: service ?? 'bedrock' },
    parameters: allowedParameters(ofCatalog?.parameters ?? facts.parameters, policy),
    rules: ofCatalog?.rules ?? facts.rules ?? {},
    imagesPerCall: facts.imagesPerCall,
    known,
    // capacity that was bought outlives the model's offer on demand
    lifecycle: (call.startsWith('arn:') ? undefined : known?.lifecycle) ?? {},
  };
}

/** An edit operation that this API offers. */
export interface AllowedEdit extends AllowedModel {
  readonly edit: EditModel;
}

export function allowedEdits({ region, operations }: ConfiguredEdits, policy?: ConfiguredPolicy): AllowedEdit[] {
  return EDIT_MODELS.filter(({ operation }) => operations.includes(operation)).map((edit) => ({
    edit,
    model: { id: edit.id, call: editProfile(edit.id), region, family: 'stability-services', service: 'bedrock' },
    parameters: allowedParameters(edit.parameters, policy),
    rules: edit.rules ?? {},
    imagesPerCall: FAMILIES['stability-services'].imagesPerCall,
    lifecycle: {},
  }));
}

/** The text model of this API. */
export interface AllowedText {
  readonly model: { readonly id: string };
  readonly region: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly rules: ParameterRules;
  readonly known?: TextCatalogModel;
}

/** What nothing is known of writes as much as the contract lets callers ask for. */
const MOST_TOKENS = 65_535;

export function allowedText({ id, region }: ConfiguredTextModel, policy?: ConfiguredPolicy): AllowedText {
  const known = textModel(id);
  const parameters = textParameters(known?.maxOutputTokens ?? MOST_TOKENS, known?.defaults);
  return { model: { id }, region, parameters: allowedParameters(parameters, policy), rules: {}, known };
}
