import { Token } from 'aws-cdk-lib';
import { EndpointAccess, FoundationModelAccess, InferenceProfileAccess, type ModelAccess, ProvisionedModelAccess } from './access';
import { imageBaseModelProblem, imageModelProblem } from './id-validation';
import { type ModelDeclaration } from './lifecycle-annotations';
import { baseModelId, destinations, profileRegionProblem } from './profile-ids';
import { type ImageInferenceProfileOptions, type ImageModelOptions, type ProvisionedModelOptions, type SageMakerEndpointOptions } from '../../image-model-options';
import { ModelFamily } from '../../model-family';
import { ModelLifecycle } from '../../model-lifecycle';
import { type CatalogModel, catalogModel, MODELS } from '../contract/models';
import { region as regionType } from '../validation/regions';
import { didYouMean } from '../validation/suggestions';
import { checkArguments, listOf, memberOf, optionsOf, price, text } from '../validation/value-types';

/** An image model, whichever factory created it. */
export interface ImageModelDefinition {
  /** The name that callers use. */
  readonly modelId: string;
  readonly family: ModelFamily;
  readonly access: ModelAccess;
  /** The catalog entry, if price, subscription and lifecycle of the catalog apply. */
  readonly row?: CatalogModel;
  /** The id or ARN to call, if it differs from `modelId`. */
  readonly call?: string;
  readonly service?: 'sagemaker';
  /** Whether the model is charged on demand, so that an account may need a subscription. */
  readonly onDemand: boolean;
  /** Overrides the lifecycle that the dates give. */
  readonly lifecycle?: ModelLifecycle;
  /** Price of one image in US dollars, which overrides that of the catalog. */
  readonly priceUsd?: number;
  /** Undefined for a model that does not reach end of life on a date of the catalog. */
  readonly declaration?: ModelDeclaration;
}

const FAMILY = memberOf('ModelFamily', ModelFamily);
const LIFECYCLE = memberOf('ModelLifecycle', ModelLifecycle);
const BY_ID = optionsOf({ family: FAMILY, region: regionType, lifecycle: LIFECYCLE, pricePerImageUsd: price });
const BY_PROFILE = optionsOf({ region: regionType, destinationRegions: listOf(regionType, 'Regions'), family: FAMILY, lifecycle: LIFECYCLE, pricePerImageUsd: price }, ['region']);
const PROVISIONED = optionsOf({ modelId: text, family: FAMILY, region: regionType, pricePerImageUsd: price });
const ENDPOINT = optionsOf({ family: FAMILY, region: regionType, endpointArn: text, pricePerImageUsd: price });

/** `ImageModel.of` */
export function modelById(modelId: string, options: ImageModelOptions): ImageModelDefinition {
  checkArguments('ImageModel.of()', text('modelId', modelId), BY_ID('', options));
  throwIf(imageModelProblem(modelId));
  const row = catalogModel(modelId);
  const { family = row?.family, region = row?.regions[0], lifecycle } = options;
  if (row !== undefined && region === undefined) {
    throw new Error(`'${modelId}' can be called through inference profiles only; `
      + `write ImageModel.inferenceProfile('us.${modelId}', { region, destinationRegions }), with the prefix of your geography`);
  }
  if (family === undefined || region === undefined) throw new Error(unknownModel(modelId));
  if (row !== undefined) throwIf(unofferedRegion(row, options));
  return {
    modelId,
    family: bedrockFamily(modelId, family),
    access: new FoundationModelAccess(modelId, region),
    row,
    onDemand: true,
    lifecycle,
    priceUsd: options.pricePerImageUsd,
    declaration: { factory: 'of', id: modelId, options: { ...options } },
  };
}

/** `ImageModel.inferenceProfile` */
export function profileModel(profileId: string, options: ImageInferenceProfileOptions): ImageModelDefinition {
  checkArguments('ImageModel.inferenceProfile()', text('profileId', profileId), BY_PROFILE('', options));
  const modelId = baseModelId(profileId);
  throwIf(imageBaseModelProblem(modelId));
  const row = catalogModel(modelId);
  const { family = row?.family, region, lifecycle } = options;
  throwIf(profileRegionProblem(profileId, region, options.destinationRegions));
  if (family === undefined) throw new Error(familyNeeded(`the model '${modelId}' behind the inference profile`));
  return {
    modelId,
    family: bedrockFamily(profileId, family),
    access: new InferenceProfileAccess([profileId], destinations(profileId, options.destinationRegions), region),
    row,
    call: profileId,
    onDemand: true,
    lifecycle,
    priceUsd: options.pricePerImageUsd,
    declaration: { factory: 'inferenceProfile', id: profileId, options: { ...options } },
  };
}

const PROVISIONED_ARN = /^arn:[a-z-]+:bedrock:([a-z0-9-]+):[0-9]{12}:(provisioned-model|custom-model-deployment)\/./;

/** `ImageModel.provisioned` */
export function provisionedModel(arn: string, options: ProvisionedModelOptions): ImageModelDefinition {
  checkArguments('ImageModel.provisioned()', text('arn', arn), PROVISIONED('', options));
  const known = options.modelId === undefined ? undefined : catalogModel(options.modelId);
  const { modelId = arn, family = known?.family } = options;
  if (!Token.isUnresolved(arn) && !PROVISIONED_ARN.test(arn)) {
    throw new Error("the ARN of a provisioned model must be like 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456', "
      + `got '${arn}'`);
  }
  const region = PROVISIONED_ARN.exec(arn)?.[1] ?? options.region;
  if (options.region !== undefined && options.region !== region) throw new Error(`'region' must be that of '${arn}', got '${options.region}'`);
  if (region === undefined) throw new Error("the ARN of a provisioned model is only known at deployment; set 'region'");
  if (family === undefined) throw new Error(familyNeeded('the provisioned model', "'modelId' to a model of the catalog, or "));
  return {
    modelId,
    family: bedrockFamily(modelId, family),
    access: new ProvisionedModelAccess(arn, region),
    ...(modelId !== arn && { call: arn }),
    onDemand: false,
    priceUsd: options.pricePerImageUsd,
    lifecycle: ModelLifecycle.ACTIVE,
  };
}

const ENDPOINT_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const ENDPOINT_FAMILIES: readonly ModelFamily[] = [ModelFamily.SAGEMAKER_STABLE_DIFFUSION, ModelFamily.STABILITY_V1];

/** `ImageModel.sageMakerEndpoint` */
export function endpointModel(name: string, options: SageMakerEndpointOptions): ImageModelDefinition {
  checkArguments('ImageModel.sageMakerEndpoint()', text('endpointName', name), ENDPOINT('', options));
  const { family = ModelFamily.SAGEMAKER_STABLE_DIFFUSION, region, endpointArn } = options;
  if (!Token.isUnresolved(name) && !ENDPOINT_NAME.test(name)) {
    throw new Error(`the name of a SageMaker endpoint must be 1 to 63 letters, digits and '-', got '${name}'`);
  }
  if (endpointArn !== undefined && !Token.isUnresolved(endpointArn) && !isArnOf(endpointArn, name)) {
    throw new Error(`'endpointArn' must be the ARN of the endpoint '${name}', like 'arn:aws:sagemaker:us-east-1:111122223333:endpoint/${name.toLowerCase()}', got '${endpointArn}'`);
  }
  if (!ENDPOINT_FAMILIES.includes(family)) {
    throw new Error(`'family' must be one of ${familyNames(ENDPOINT_FAMILIES)} on a SageMaker endpoint, got ${familyNames([family])} for '${name}'`);
  }
  return {
    modelId: name,
    family,
    access: new EndpointAccess(name, region, endpointArn),
    service: 'sagemaker',
    onDemand: false,
    priceUsd: options.pricePerImageUsd,
    lifecycle: ModelLifecycle.ACTIVE,
  };
}

/** SageMaker lower-cases names in ARNs. */
function isArnOf(endpointArn: string, name: string): boolean {
  const found = /^arn:[a-z-]+:sagemaker:[a-z0-9-]+:[0-9]{12}:endpoint\/(.+)$/.exec(endpointArn)?.[1];
  return found !== undefined && (Token.isUnresolved(name) || found === name.toLowerCase());
}

function throwIf(problem: string | undefined): void {
  if (problem !== undefined) throw new Error(problem);
}

const BEDROCK_FAMILIES = Object.values(ModelFamily).filter((family) => family !== ModelFamily.SAGEMAKER_STABLE_DIFFUSION);

function bedrockFamily(modelId: string, family: string): ModelFamily {
  const found = BEDROCK_FAMILIES.find((each) => each === family);
  if (found !== undefined) return found;
  throw new Error(`'family' must be one of ${familyNames(BEDROCK_FAMILIES)}, got ModelFamily.SAGEMAKER_STABLE_DIFFUSION for the model '${modelId}'; `
    + 'write ImageModel.sageMakerEndpoint(endpointName)');
}

function familyNeeded(what: string, otherwise = ''): string {
  return `${what} is not in the catalog; set ${otherwise}'family' to one of ${familyNames(BEDROCK_FAMILIES)}`;
}

function unknownModel(modelId: string): string {
  const id = Token.isUnresolved(modelId) ? 'a value only known at deployment' : `'${modelId}'`;
  return `unknown image model ${id}${similarModel(modelId)}; for a model that is not in the catalog write ImageModel.of(id, { family, region }), `
    + `where family is one of ${familyNames(BEDROCK_FAMILIES)}; the catalog contains ${MODELS.map((model) => model.id).join(', ')}`;
}

/** Models can also be known by their alias, which requests accept. */
function similarModel(modelId: string): string {
  if (Token.isUnresolved(modelId)) return '';
  return didYouMean(MODELS.find(({ alias }) => alias === modelId.toLowerCase())?.id ?? modelId, MODELS.map(({ id }) => id));
}

/** The catalog lists all Regions. A family declares that the catalog does not apply. */
function unofferedRegion({ id, regions }: CatalogModel, { family, region }: ImageModelOptions): string | undefined {
  if (region === undefined || family !== undefined || Token.isUnresolved(region)) return undefined;
  if (regions.length === 0 || regions.includes(region)) return undefined;
  return `'region' of '${id}' must be ${regions.join(' or ')}, where AWS offers the model, got '${region}'${didYouMean(region, regions)}; `
    + "if AWS has added the Region, set 'family' as well";
}

function familyNames(families: readonly ModelFamily[]): string {
  return Object.entries(ModelFamily).flatMap(([name, family]) => (families.includes(family) ? `ModelFamily.${name}` : [])).join(', ');
}
