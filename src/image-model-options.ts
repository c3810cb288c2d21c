import { ModelFamily } from './model-family';
import { ModelLifecycle } from './model-lifecycle';

/**
 * What is to know about a model that is not in the catalog, or to override about one that is.
 */
export interface ImageModelOptions {
  /**
   * How its request and answer are shaped.
   *
   * Required for a model that is not in the catalog.
   *
   * @default - the family that the catalog names
   */
  readonly family?: ModelFamily;

  /**
   * Region where the model is called.
   *
   * Required for a model that is not in the catalog. Where it is not the region of the stack, prompts and images leave
   * the stack's region.
   *
   * @default - the first region that the catalog names
   */
  readonly region?: string;

  /**
   * Where the model stands, if the catalog is wrong about it for you.
   *
   * `ModelLifecycle.ACTIVE` silences the error about a model that ended. It does not bring it back: if the model is gone,
   * requests answer 502 `MODEL_UNAVAILABLE`.
   *
   * @default - as the dates of the catalog say on the day of synthesis
   */
  readonly lifecycle?: ModelLifecycle;
}

/**
 * How an image model is called through an inference profile.
 */
export interface ImageInferenceProfileOptions {
  /**
   * Region where the profile is called.
   */
  readonly region: string;

  /**
   * Regions that the profile sends requests to, as the model's page in the Bedrock user guide lists them for `region`.
   *
   * The function may use the model in these regions and through this profile only. Prompts and images travel there.
   *
   * @default - any commercial region, for a profile whose id starts with `global.`; required for others
   */
  readonly destinationRegions?: string[];

  /**
   * How the model's request and answer are shaped.
   *
   * Required where the model behind the profile is not in the catalog.
   *
   * @default - the family that the catalog names
   */
  readonly family?: ModelFamily;

  /**
   * Where the model stands, if the catalog is wrong about it for you.
   *
   * @default - as the dates of the catalog say on the day of synthesis
   */
  readonly lifecycle?: ModelLifecycle;
}

/**
 * What model a Provisioned Throughput serves.
 */
export interface ProvisionedModelOptions {
  /**
   * Id of the model behind it, for example `amazon.titan-image-generator-v2:0`: the name that callers write.
   *
   * A model of the catalog brings its family and parameters. Without it callers read and write the ARN, which names the
   * account.
   *
   * @default - the ARN
   */
  readonly modelId?: string;

  /**
   * How its request and answer are shaped.
   *
   * Required where `modelId` is not in the catalog.
   *
   * @default - the family that the catalog names
   */
  readonly family?: ModelFamily;

  /**
   * Region where it is called.
   *
   * Required where the ARN is only known at deployment.
   *
   * @default - the region in the ARN
   */
  readonly region?: string;
}

/**
 * What runs on a SageMaker endpoint.
 */
export interface SageMakerEndpointOptions {
  /**
   * How its request and answer are shaped: `SAGEMAKER_STABLE_DIFFUSION`, or `STABILITY_V1` for Stable Diffusion XL.
   *
   * @default ModelFamily.SAGEMAKER_STABLE_DIFFUSION
   */
  readonly family?: ModelFamily;

  /**
   * Region of the endpoint.
   *
   * @default - the region of the stack
   */
  readonly region?: string;

  /**
   * ARN of the endpoint, as SageMaker writes it: the name in lower case.
   *
   * Give it where the name is only known at deployment and may have capital letters, as names made by CloudFormation do:
   * `endpointArn: endpoint.ref`. Permissions for the name as it is would not match.
   *
   * @default - made of the name, in the account of the stack
   */
  readonly endpointArn?: string;
}
