import { baseOfProfile } from './private/models/profile-ids';
import { checkTextModel, checkTextProfile, directText, novaTwoLite, profileText, ResolveText, ResolvedTextModel } from './private/models/text-resolution';

/**
 * Where a text model is called.
 */
export interface TextModelOptions {
  /**
   * Region where the model is called.
   *
   * Where it is not the region of the stack, prompts leave the stack's region.
   *
   * @default - the region of the stack
   */
  readonly region?: string;
}

/**
 * How a text model is called through an inference profile.
 */
export interface TextInferenceProfileOptions {
  /**
   * Region where the profile is called.
   *
   * @default - the region of the stack
   */
  readonly region?: string;

  /**
   * Regions that the profile sends requests to, as the model's page in the Bedrock user guide lists them for `region`.
   *
   * The function may use the model in these regions and through this profile only. Prompts travel there.
   *
   * @default - any commercial region, for a profile whose id starts with `global.`; as the catalog says for those of Nova
   * 2 Lite; required for others
   */
  readonly destinationRegions?: string[];
}

/**
 * A model that writes text, on Amazon Bedrock: answers `POST /text` and elaborates prompts of images.
 */
export class TextModel {
  /**
   * Amazon Nova 2 Lite, through the most local inference profile of the stack's region.
   *
   * From regions of the US and of Canada requests are served in the US, from `eu-` regions in the EU, from ap-northeast-1
   * in Japan, from the others in any commercial region; a Canadian stack's prompts may so be served in the US. In regions
   * without a profile, and where the region of the stack is not known at synthesis, synthesis fails and says what to write.
   */
  public static readonly NOVA_2_LITE = new TextModel('amazon.nova-2-lite-v1:0', novaTwoLite);

  /**
   * Amazon Nova Lite, the generation before: cheaper, and called without an inference profile, in the stack's region.
   *
   * It can be called so in ap-northeast-1, ap-southeast-2, ap-southeast-3, eu-north-1, eu-west-2, us-east-1, us-east-2 and
   * us-west-2; for others synthesis fails and says what to write.
   */
  public static readonly NOVA_LITE = TextModel.of('amazon.nova-lite-v1:0');

  /**
   * A model by its Bedrock id, called through Converse.
   *
   * @param modelId for example `amazon.nova-lite-v1:0`
   */
  public static of(modelId: string, options: TextModelOptions = {}): TextModel {
    checkTextModel(modelId);
    return new TextModel(modelId, (stackRegion) => directText(modelId, options.region, stackRegion));
  }

  /**
   * A model through an inference profile of Bedrock, which is called in one region and served in several.
   *
   * @param profileId a prefix before the id of the model, for example `eu.amazon.nova-lite-v1:0`
   */
  public static inferenceProfile(profileId: string, options: TextInferenceProfileOptions = {}): TextModel {
    checkTextProfile(profileId, options);
    return new TextModel(baseOfProfile(profileId), (stackRegion) => profileText(profileId, options, stackRegion));
  }

  /**
   * The id as Bedrock knows it, without the prefix of an inference profile.
   */
  public readonly modelId: string;

  private readonly resolve: ResolveText;

  private constructor(modelId: string, resolve: ResolveText) {
    this.modelId = modelId;
    this.resolve = resolve;
  }

  /**
   * Why it cannot be called from a stack in this region.
   *
   * @internal
   */
  public _problems(stackRegion: string): string[] {
    const resolved = this.resolve(stackRegion);
    return typeof resolved === 'string' ? [`'textModel': ${resolved}`] : [];
  }

  /**
   * How it is called from a stack in this region; only where there are no problems.
   *
   * @internal
   */
  public _call(stackRegion: string): ResolvedTextModel {
    const resolved = this.resolve(stackRegion);
    if (typeof resolved === 'string') throw new Error(resolved);
    return resolved;
  }
}
