import { Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type ConfiguredTextModel } from './private/contract/configuration';
import { type TokenPrice } from './private/contract/models';
import { type ModelBinding, modelLabel } from './private/models/binding';
import { modelSubscription } from './private/models/marketplace';
import { baseModelId } from './private/models/profile-ids';
import { checkTextModel, checkTextProfile, directText, novaTwoLite, profileText, type ResolveText, tokenPriceOf } from './private/models/text-resolution';
import { type ValidationContext } from './private/strategy';
import { type TextInferenceProfileOptions, type TextModelOptions } from './text-model-options';

/**
 * Text model on Amazon Bedrock for `POST /text` and for requests with `enhancePrompt`.
 *
 * @example
 * import { GenAiImageApi, TextModel } from 'cdk-genai-image-api';
 *
 * new GenAiImageApi(this, 'Api', { textModel: TextModel.of('amazon.nova-lite-v1:0', { region: 'us-east-1' }) });
 */
export class TextModel {
  /**
   * Amazon Nova 2 Lite, called through the inference profile with the smallest geography for the Region of the stack.
   *
   * Prompts from US regions are processed in the US, from Canadian regions in Canada or the US, from six regions in the EU in the EU, from
   * ap-northeast-1 in Japan, and from all other Regions with a profile in any commercial Region. Synthesis fails in Regions without a
   * profile, and if the Region of the stack is not known at synthesis. The error contains the code to use instead.
   */
  public static readonly NOVA_2_LITE = new TextModel('amazon.nova-2-lite-v1:0', novaTwoLite);

  /**
   * Amazon Nova Lite, the previous generation: cheaper, and called in the Region of the stack without an inference profile.
   *
   * Available in ap-northeast-1, ap-southeast-2, ap-southeast-3, eu-north-1, eu-west-2, us-east-1, us-east-2 and us-west-2. In other
   * regions, synthesis fails. The error contains the code to use instead.
   */
  public static readonly NOVA_LITE = TextModel.of('amazon.nova-lite-v1:0');

  /**
   * Names a model by its Bedrock model id. The model is called through Converse.
   *
   * @param modelId for example `amazon.nova-lite-v1:0`
   *
   * @example
   * import { TextModel } from 'cdk-genai-image-api';
   *
   * const model = TextModel.of('amazon.nova-lite-v1:0', { region: 'eu-west-2' });
   */
  public static of(modelId: string, options: TextModelOptions = {}): TextModel {
    checkTextModel(modelId, options);
    return new TextModel(modelId, (stackRegion) => directText(modelId, options.region, stackRegion), tokenPriceOf(options));
  }

  /**
   * Names a model that is called through a Bedrock inference profile.
   *
   * @param profileId a prefix and the model id, for example `eu.amazon.nova-lite-v1:0`
   *
   * @example
   * import { TextModel } from 'cdk-genai-image-api';
   *
   * const model = TextModel.inferenceProfile('eu.amazon.nova-2-lite-v1:0', { region: 'eu-central-1' });
   */
  public static inferenceProfile(profileId: string, options: TextInferenceProfileOptions = {}): TextModel {
    checkTextProfile(profileId, options);
    return new TextModel(baseModelId(profileId), (stackRegion) => profileText(profileId, options, stackRegion), tokenPriceOf(options));
  }

  /**
   * Bedrock model id, without the prefix of an inference profile.
   */
  public readonly modelId: string;

  private readonly resolve: ResolveText;
  private readonly price?: TokenPrice;

  private constructor(modelId: string, resolve: ResolveText, price?: TokenPrice) {
    this.modelId = modelId;
    this.resolve = resolve;
    this.price = price;
  }

  /**
   * Returns why the model cannot be called from the Region of the stack.
   *
   * @internal
   */
  public _validate({ stackRegion }: Pick<ValidationContext, 'stackRegion'>): string[] {
    const resolved = this.resolve(stackRegion);
    return typeof resolved === 'string' ? [`'textModel': ${resolved}`] : [];
  }

  /**
   * Returns how the model is called from the Region of the stack.
   *
   * @internal
   */
  public _bind(scope: Construct): ModelBinding<ConfiguredTextModel> {
    const resolved = this.resolve(Stack.of(scope).region);
    if (typeof resolved === 'string') throw new Error(resolved);
    const { configuration, access } = resolved;
    return {
      label: modelLabel('text model', this.modelId),
      content: 'prompts',
      subscription: modelSubscription(this.modelId),
      access,
      configuration: { ...configuration, ...(this.price && { price: this.price }) },
    };
  }
}
