import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ImageInferenceProfileOptions, ImageModelOptions, ProvisionedModelOptions, SageMakerEndpointOptions } from './image-model-options';
import { ModelFamily } from './model-family';
import { ModelLifecycle } from './model-lifecycle';
import { ConfiguredModel } from './private/contract/configuration';
import { catalogModel, statusAt } from './private/contract/models';
import { ModelAccess } from './private/models/access';
import { endpointModel, ImageModelDefinition, modelById, profileModel, provisionedModel } from './private/models/definition';
import { annotateLifecycle } from './private/models/lifecycle-annotations';

const LIFECYCLES = { active: ModelLifecycle.ACTIVE, legacy: ModelLifecycle.LEGACY, ended: ModelLifecycle.ENDED } as const;

/**
 * A model that draws: on Amazon Bedrock, or on a SageMaker endpoint.
 *
 * The constants are the models known to this version. Others are named by `ImageModel.of(id, { family, region })`, so a
 * model that is launched tomorrow needs no new version of this package.
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
   * Stable Diffusion 3.5 Large: 0.08 US dollars an image, WebP and image to image as well. Called in us-west-2.
   */
  public static readonly SD3_5_LARGE = ImageModel.of('stability.sd3-5-large-v1:0');

  /**
   * Amazon Nova Canvas.
   *
   * @deprecated ended on 2026-09-30; use STABLE_IMAGE_CORE
   */
  public static readonly NOVA_CANVAS = ImageModel.of('amazon.nova-canvas-v1:0');

  /**
   * Amazon Titan Image Generator G1 v2.
   *
   * @deprecated ended on 2026-06-30; use STABLE_IMAGE_CORE
   */
  public static readonly TITAN_IMAGE_GENERATOR_V2 = ImageModel.of('amazon.titan-image-generator-v2:0');

  /**
   * Amazon Titan Image Generator G1 v1.
   *
   * @deprecated ended by 2025-12-24 (AWS published no exact date); use STABLE_IMAGE_CORE
   */
  public static readonly TITAN_IMAGE_GENERATOR_V1 = ImageModel.of('amazon.titan-image-generator-v1');

  /**
   * Stable Diffusion XL 1.0 on Bedrock. On SageMaker it lives on: see `sageMakerEndpoint`.
   *
   * @deprecated ended on 2025-05-20; use STABLE_IMAGE_CORE
   */
  public static readonly STABLE_DIFFUSION_XL = ImageModel.of('stability.stable-diffusion-xl-v1');

  /**
   * Stable Diffusion 3 Large.
   *
   * @deprecated ended by 2025-11-23 (AWS published no exact date); use SD3_5_LARGE
   */
  public static readonly SD3_LARGE = ImageModel.of('stability.sd3-large-v1:0');

  /**
   * The first version of Stable Image Core.
   *
   * @deprecated ended by 2025-11-23 (AWS published no exact date); use STABLE_IMAGE_CORE
   */
  public static readonly STABLE_IMAGE_CORE_V1_0 = ImageModel.of('stability.stable-image-core-v1:0');

  /**
   * The first version of Stable Image Ultra.
   *
   * @deprecated ended by 2025-11-23 (AWS published no exact date); use STABLE_IMAGE_ULTRA
   */
  public static readonly STABLE_IMAGE_ULTRA_V1_0 = ImageModel.of('stability.stable-image-ultra-v1:0');

  /**
   * A model by its Bedrock id.
   *
   * @param modelId for example `stability.stable-image-core-v1:1`; a model of the catalog takes the rest from there
   * @param options required, with `family` and `region`, for a model that is not in the catalog
   */
  public static of(modelId: string, options: ImageModelOptions = {}): ImageModel {
    return new ImageModel(modelById(modelId, options));
  }

  /**
   * A model through an inference profile of Bedrock, which is called in one region and served in several.
   *
   * Callers name it by the id of the model, without the prefix of the profile.
   *
   * @param profileId a prefix before the id of the model, for example `us.amazon.nova-2-omni-v1:0`
   * @param options where it is called, and, unless the prefix is `global.`, where it may be served
   */
  public static inferenceProfile(profileId: string, options: ImageInferenceProfileOptions): ImageModel {
    return new ImageModel(profileModel(profileId, options));
  }

  /**
   * A model that Provisioned Throughput was bought for, or that was customised. It is paid by the hour, whatever is drawn.
   *
   * It may be a model that ended for others.
   *
   * @param arn for example `arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456`
   * @param options `modelId` or `family` is required
   */
  public static provisioned(arn: string, options: ProvisionedModelOptions = {}): ImageModel {
    return new ImageModel(provisionedModel(arn, options));
  }

  /**
   * A Stable Diffusion model on a SageMaker endpoint of the account. It is paid by the hour, whatever is drawn.
   *
   * An answer has at most 6 MB and has to come within 60 seconds. Callers name it by the name of the endpoint.
   *
   * @param endpointName name of a real-time endpoint
   */
  public static sageMakerEndpoint(endpointName: string, options: SageMakerEndpointOptions = {}): ImageModel {
    return new ImageModel(endpointModel(endpointName, options));
  }

  /**
   * What callers and records call the model: its id as Bedrock knows it, without the prefix of an inference profile.
   */
  public readonly modelId: string;

  /**
   * Region where the model is called; undefined where that is the region of the stack.
   */
  public readonly region?: string;

  /**
   * How its request and answer are shaped.
   */
  public readonly family: ModelFamily;

  /**
   * Price of one image in US dollars, where there is one for all sizes and it is known.
   */
  public readonly pricePerImageUsd?: number;

  /**
   * AWS Marketplace product that an account must be subscribed to before its first call, where there is one and it is known.
   */
  public readonly marketplaceProductId?: string;

  private readonly definition: ImageModelDefinition;

  private constructor(definition: ImageModelDefinition) {
    this.definition = definition;
    this.modelId = definition.modelId;
    this.region = definition.invocation.region;
    this.family = definition.family;
    this.pricePerImageUsd = definition.row?.priceUsd;
    this.marketplaceProductId = definition.row?.marketplaceProductId;
  }

  /**
   * Where the model stands today.
   */
  public get lifecycle(): ModelLifecycle {
    return this.definition.lifecycle ?? LIFECYCLES[statusAt(this.definition.row?.lifecycle ?? {}, Date.now())];
  }

  /**
   * Day from which it cannot be called any more, for example `2026-09-30`, where one is known.
   */
  public get endOfLife(): string | undefined {
    return this.definition.row?.lifecycle?.endOfLife;
  }

  /**
   * Id of the model to use instead, of a model that ends.
   */
  public get replacement(): string | undefined {
    return this.definition.row?.lifecycle?.replacement;
  }

  /**
   * How and where it is called.
   *
   * @internal
   */
  public get _invocation(): ModelAccess {
    return this.definition.invocation;
  }

  /**
   * Whether it is paid by use, so that an account may have to subscribe to it first.
   *
   * @internal
   */
  public get _onDemand(): boolean {
    return this.definition.onDemand;
  }

  /**
   * What the handler has to be told.
   *
   * @internal
   */
  public _configuration(scope: IConstruct): ConfiguredModel {
    const { modelId: id, family, region = Stack.of(scope).region } = this;
    const { call, service } = this.definition;
    return { id, region, ...(catalogModel(id)?.family !== family && { family }), ...(call && { call }), ...(service && { service }) };
  }

  /**
   * Says at synthesis that it ended, or will.
   *
   * @internal
   */
  public _annotateEnd(scope: IConstruct): void {
    const { row, written } = this.definition;
    if (written) annotateLifecycle(scope, { modelId: this.modelId, lifecycle: this.lifecycle, dates: row?.lifecycle ?? {}, written });
  }
}
