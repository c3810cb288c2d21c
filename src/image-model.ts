import { Stack } from 'aws-cdk-lib';
import { type Construct, type IConstruct } from 'constructs';
import { type ImageInferenceProfileOptions, type ImageModelOptions, type ProvisionedModelOptions, type SageMakerEndpointOptions } from './image-model-options';
import { type ModelFamily } from './model-family';
import { ModelLifecycle } from './model-lifecycle';
import { type ConfiguredModel } from './private/contract/configuration';
import { catalogModel, statusAt } from './private/contract/models';
import { type ModelBinding, modelLabel } from './private/models/binding';
import { endpointModel, type ImageModelDefinition, modelById, profileModel, provisionedModel } from './private/models/definition';
import { annotateLifecycle } from './private/models/lifecycle-annotations';
import { modelSubscription, type Subscription } from './private/models/marketplace';
import { today } from './private/models/today';
import { checkArguments, resource } from './private/validation/value-types';

const CONSTRUCT = resource('a construct', 'node', 'for example the API or its stack');
const LIFECYCLES = { active: ModelLifecycle.ACTIVE, legacy: ModelLifecycle.LEGACY, ended: ModelLifecycle.ENDED } as const;

/**
 * Image model on Amazon Bedrock or on a SageMaker endpoint.
 *
 * The constants are the models of this version that can be called by their model id. For all others, use the factories: `ImageModel.of(id, {
 * family, region })` supports a new model without a new version of this package.
 *
 * @example
 * import { GenAiImageApi, ImageModel } from 'cdk-genai-image-api';
 *
 * new GenAiImageApi(this, 'Api', {
 *   model: ImageModel.STABLE_IMAGE_CORE,
 *   additionalModels: [ImageModel.SD3_5_LARGE],
 * });
 */
export class ImageModel {
  /**
   * Stable Image Core: fast, 0.04 US dollars an image. Called in us-west-2.
   */
  public static readonly STABLE_IMAGE_CORE = ImageModel.of('stability.stable-image-core-v1:1');

  /**
   * Stable Image Ultra: the highest quality, 0.14 US dollars an image. Called in us-west-2.
   */
  public static readonly STABLE_IMAGE_ULTRA = ImageModel.of('stability.stable-image-ultra-v1:1');

  /**
   * Stable Diffusion 3.5 Large: 0.08 US dollars an image, also WebP and image to image. Called in us-west-2.
   */
  public static readonly SD3_5_LARGE = ImageModel.of('stability.sd3-5-large-v1:0');

  /**
   * Names a model by its Bedrock model id.
   *
   * If the model has reached its end of life, synthesis fails with an error that contains the date and the replacement.
   *
   * @param modelId model id, for example `stability.stable-image-core-v1:1`
   * @param options `family` and `region` are required for a model that is not in the catalog
   *
   * @example
   * import { ImageModel, ModelFamily } from 'cdk-genai-image-api';
   *
   * const model = ImageModel.of('stability.new-model-v1:0', { family: ModelFamily.STABILITY_V2, region: 'us-west-2' });
   */
  public static of(modelId: string, options: ImageModelOptions = {}): ImageModel {
    return new ImageModel(modelById(modelId, options));
  }

  /**
   * Names a model that is called through a Bedrock inference profile.
   *
   * Callers use the model id without the prefix of the profile.
   *
   * @param profileId a prefix and the model id, for example `us.amazon.nova-2-omni-v1:0`
   * @param options Region and, unless the prefix is `global.`, destination Regions
   *
   * @example
   * import { ImageModel } from 'cdk-genai-image-api';
   *
   * const model = ImageModel.inferenceProfile('us.amazon.nova-2-omni-v1:0', {
   *   region: 'us-east-1',
   *   destinationRegions: ['us-east-1', 'us-west-2'],
   * });
   */
  public static inferenceProfile(profileId: string, options: ImageInferenceProfileOptions): ImageModel {
    return new ImageModel(profileModel(profileId, options));
  }

  /**
   * Names a model with Provisioned Throughput, or a customized model. AWS charges for it by the hour.
   *
   * The base model can have reached its end of life for on-demand use.
   *
   * @param arn for example `arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456`
   * @param options `modelId` or `family` is required
   *
   * @example
   * import { ImageModel } from 'cdk-genai-image-api';
   *
   * const model = ImageModel.provisioned('arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456', {
   *   modelId: 'amazon.titan-image-generator-v2:0',
   * });
   */
  public static provisioned(arn: string, options: ProvisionedModelOptions = {}): ImageModel {
    return new ImageModel(provisionedModel(arn, options));
  }

  /**
   * Names a Stable Diffusion model on a SageMaker endpoint of the account. AWS charges for it by the hour.
   *
   * SageMaker limits the response of an endpoint to 60 seconds and 6 MB. Callers use the endpoint name as model id.
   *
   * @param endpointName name of a real-time endpoint
   *
   * @example
   * import { ImageModel } from 'cdk-genai-image-api';
   *
   * const model = ImageModel.sageMakerEndpoint('stable-diffusion');
   */
  public static sageMakerEndpoint(endpointName: string, options: SageMakerEndpointOptions = {}): ImageModel {
    return new ImageModel(endpointModel(endpointName, options));
  }

  /**
   * Name of the model in requests and records: the Bedrock model id without the prefix of an inference profile, or the endpoint name.
   */
  public readonly modelId: string;

  /**
   * Region where the model is called. Undefined for the Region of the stack.
   */
  public readonly region?: string;

  /**
   * Format of requests to and responses from the model.
   */
  public readonly family: ModelFamily;

  /**
   * Price of one image in US dollars, if it is known and the same for all sizes.
   */
  public readonly pricePerImageUsd?: number;

  /**
   * Product id of the AWS Marketplace subscription that an account needs, if it is known.
   */
  public readonly marketplaceProductId?: string;

  private readonly definition: ImageModelDefinition;

  private constructor(definition: ImageModelDefinition) {
    this.definition = definition;
    this.modelId = definition.modelId;
    this.region = definition.access.region;
    this.family = definition.family;
    this.pricePerImageUsd = definition.priceUsd ?? definition.row?.priceUsd;
    this.marketplaceProductId = definition.row?.marketplaceProductId;
  }

  /**
   * Date from which the model cannot be called, for example `2026-09-30`, if it is known.
   */
  public get endOfLife(): string | undefined {
    return this.definition.row?.lifecycle?.endOfLife;
  }

  /**
   * Id of the replacement, for a model with an end of life.
   */
  public get replacement(): string | undefined {
    return this.definition.row?.lifecycle?.replacement;
  }

  /**
   * Returns the lifecycle state of the model on the date of synthesis: the context value `cdk-genai-image-api:today` (an ISO date) if
   * set, else the current date.
   *
   * @param scope construct whose context is read
   */
  public lifecycleIn(scope: IConstruct): ModelLifecycle {
    checkArguments('lifecycleIn()', CONSTRUCT('scope', scope));
    return this.definition.lifecycle ?? LIFECYCLES[statusAt(this.definition.row?.lifecycle ?? {}, today(scope))];
  }

  /**
   * AWS Marketplace subscription that the model needs.
   *
   * @internal
   */
  public get _subscription(): Subscription | undefined {
    return this.definition.onDemand ? modelSubscription(this.modelId, this.marketplaceProductId) : undefined;
  }

  /**
   * Adds lifecycle annotations, and returns how the model is called.
   *
   * @internal
   */
  public _bind(scope: Construct): ModelBinding<ConfiguredModel> {
    const { modelId: id, family, region = Stack.of(scope).region } = this;
    const { access, call, declaration, priceUsd, row, service } = this.definition;
    if (declaration) annotateLifecycle(scope, { modelId: id, lifecycle: this.lifecycleIn(scope), dates: row?.lifecycle ?? {}, declaration });
    return {
      label: modelLabel('model', id),
      content: 'prompts and images',
      access,
      subscription: this._subscription,
      configuration: {
        id,
        region,
        ...(catalogModel(id)?.family !== family && { family }),
        ...(call && { call }),
        ...(service && { service }),
        ...(priceUsd !== undefined && { priceUsd }),
      },
    };
  }
}
