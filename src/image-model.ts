import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ConfiguredModel } from './private/contract/configuration';
import { catalogModel, MODEL_FAMILIES, MODELS } from './private/contract/models';

/**
 * How the request and the answer of a model are shaped.
 */
export enum ModelFamily {
  /**
   * Stable Image and Stable Diffusion 3.5 of Stability AI: text to image, sizes by aspect ratio.
   */
  STABILITY_V2 = 'stability-v2',
}

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
}

/**
 * A text-to-image model on Amazon Bedrock.
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
   * Stable Diffusion 3.5 Large: 0.08 US dollars an image, WebP as well. Called in us-west-2.
   */
  public static readonly SD3_5_LARGE = ImageModel.of('stability.sd3-5-large-v1:0');

  /**
   * A model by its Bedrock id.
   *
   * @param modelId for example `stability.stable-image-core-v1:1`; a model of the catalog takes the rest from there
   * @param options required, with `family` and `region`, for a model that is not in the catalog
   */
  public static of(modelId: string, options: ImageModelOptions = {}): ImageModel {
    const known = catalogModel(modelId);
    const family = options.family ?? known?.family;
    const region = options.region ?? known?.regions[0];
    if (family === undefined || region === undefined) throw new Error(unknownModel(modelId));
    if (!MODEL_FAMILIES.includes(family)) {
      throw new Error(`'family' must be one of ${MODEL_FAMILIES.join(', ')}, got '${family}' for the model '${modelId}'`);
    }
    return new ImageModel(modelId, region, family as ModelFamily, known?.marketplaceProductId);
  }

  /**
   * The id as Bedrock knows it.
   */
  public readonly modelId: string;

  /**
   * Region where the model is called.
   */
  public readonly region: string;

  /**
   * How its request and answer are shaped.
   */
  public readonly family: ModelFamily;

  /**
   * AWS Marketplace product that an account must be subscribed to before its first call, where there is one and it is known.
   */
  public readonly marketplaceProductId?: string;

  private constructor(modelId: string, region: string, family: ModelFamily, marketplaceProductId?: string) {
    this.modelId = modelId;
    this.region = region;
    this.family = family;
    this.marketplaceProductId = marketplaceProductId;
  }

  /**
   * The resources that calling this model touches, for IAM.
   *
   * @internal
   */
  public _invokeArns(scope: IConstruct): string[] {
    return [Stack.of(scope).formatArn({
      service: 'bedrock',
      region: this.region,
      account: '',
      resource: 'foundation-model',
      resourceName: this.modelId,
    })];
  }

  /**
   * What the handler has to be told.
   *
   * @internal
   */
  public _configuration(): ConfiguredModel {
    const { modelId: id, region, family } = this;
    return catalogModel(id)?.family === family ? { id, region } : { id, region, family };
  }
}

function unknownModel(modelId: string): string {
  const id = Token.isUnresolved(modelId) ? 'a value only known at deployment' : `'${modelId}'`;
  return `unknown image model ${id}; for a model that is not in the catalog write ImageModel.of(id, { family, region }), `
    + `where family is one of ${MODEL_FAMILIES.join(', ')}; the catalog holds ${MODELS.map((model) => model.id).join(', ')}`;
}
