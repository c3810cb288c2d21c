import { type ModelFamily } from './model-family';
import { type ModelLifecycle } from './model-lifecycle';

/**
 * Options for `ImageModel.of()`. For a model of the catalog, they override the catalog.
 */
export interface ImageModelOptions {
  /**
   * Format of requests and responses.
   *
   * Required for a model that is not in the catalog.
   *
   * @default - the family in the catalog
   */
  readonly family?: ModelFamily;

  /**
   * Region where the model is called.
   *
   * Required for a model that is not in the catalog. For a model of the catalog, it must be one of the Regions in the catalog, unless
   * `family` is set as well, because AWS can have added the Region. If it differs from the Region of the stack, prompts and images leave
   * the Region of the stack.
   *
   * @default - the first region in the catalog
   */
  readonly region?: string;

  /**
   * Lifecycle state, if the catalog does not apply to your account.
   *
   * `ModelLifecycle.ACTIVE` removes the error about an ended model. If the model does not exist, requests get a 502 response with the code
   * `MODEL_UNAVAILABLE`.
   *
   * @default - the state by the dates in the catalog and the date of synthesis
   */
  readonly lifecycle?: ModelLifecycle;

  /**
   * Price of one image in US dollars, for estimated costs and daily budgets.
   *
   * Required with a daily budget if the catalog has no price for the model.
   *
   * @default - the price in the catalog
   */
  readonly pricePerImageUsd?: number;
}

/**
 * Options for `ImageModel.inferenceProfile()`.
 */
export interface ImageInferenceProfileOptions {
  /**
   * Region where the profile is called.
   */
  readonly region: string;

  /**
   * Destination regions of the profile, as the model's page in the Bedrock user guide lists them for `region`.
   *
   * The functions can use the model in these regions and through this profile only. Prompts and images can be processed there.
   *
   * @default - any commercial Region for a profile whose id starts with `global.`; required for others
   */
  readonly destinationRegions?: string[];

  /**
   * Format of requests and responses.
   *
   * Required if the model behind the profile is not in the catalog.
   *
   * @default - the family in the catalog
   */
  readonly family?: ModelFamily;

  /**
   * Lifecycle state, if the catalog does not apply to your account.
   *
   * @default - the state by the dates in the catalog and the date of synthesis
   */
  readonly lifecycle?: ModelLifecycle;

  /**
   * Price of one image in US dollars, for estimated costs and daily budgets.
   *
   * Required with a daily budget if the catalog has no price for the model behind the profile.
   *
   * @default - the price in the catalog
   */
  readonly pricePerImageUsd?: number;
}

/**
 * Options for `ImageModel.provisioned()`.
 */
export interface ProvisionedModelOptions {
  /**
   * Id of the base model, for example `amazon.titan-image-generator-v2:0`. Callers use this name.
   *
   * If the catalog contains the model, it provides family and parameters. Without `modelId`, requests and responses contain the ARN, which
   * contains the account id.
   *
   * @default - the ARN
   */
  readonly modelId?: string;

  /**
   * Format of requests and responses.
   *
   * Required if `modelId` is not in the catalog.
   *
   * @default - the family in the catalog
   */
  readonly family?: ModelFamily;

  /**
   * Region where the model is called.
   *
   * Required if the ARN is only known at deployment.
   *
   * @default - the Region in the ARN
   */
  readonly region?: string;

  /**
   * Price of one image in US dollars, for estimated costs and daily budgets.
   *
   * Required with a daily budget. Provisioned throughput is charged by the hour: set 0, or your own share for each image.
   *
   * @default - not known
   */
  readonly pricePerImageUsd?: number;
}

/**
 * Options for `ImageModel.sageMakerEndpoint()`.
 */
export interface SageMakerEndpointOptions {
  /**
   * Format of requests and responses: `SAGEMAKER_STABLE_DIFFUSION`, or `STABILITY_V1` for Stable Diffusion XL.
   *
   * @default ModelFamily.SAGEMAKER_STABLE_DIFFUSION
   */
  readonly family?: ModelFamily;

  /**
   * Region of the endpoint.
   *
   * @default - the Region of the stack
   */
  readonly region?: string;

  /**
   * ARN of the endpoint. SageMaker lower-cases the name in it.
   *
   * Set it if the name is only known at deployment and can contain upper-case letters, such as names that CloudFormation generates:
   * `endpointArn: endpoint.ref`. IAM compares ARNs case-sensitively, so a permission for the name itself would not match.
   *
   * @default - derived from the name, in the account of the stack
   */
  readonly endpointArn?: string;

  /**
   * Price of one image in US dollars, for estimated costs and daily budgets.
   *
   * Required with a daily budget. An endpoint is charged by the hour: set 0, or your own share for each image.
   *
   * @default - not known
   */
  readonly pricePerImageUsd?: number;
}
