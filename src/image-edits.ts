import { Stack, Token } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type ConfiguredEdits } from './private/contract/configuration';
import { DEFAULT_EDIT_REGION, EDIT_REGIONS, editModel, editProfile } from './private/contract/models';
import { InferenceProfileAccess } from './private/models/access';
import { type ModelBinding } from './private/models/binding';
import { knownAtSynthesis, unique } from './private/validation/rules';
import { closest } from './private/validation/suggestions';
import { checkArguments, listOf, text } from './private/validation/value-types';

/**
 * Edit operations. Prices are for one image.
 */
export enum ImageEdit {
  /**
   * Regenerates the area that a mask covers. 0.07 US dollars.
   */
  INPAINT = 'inpaint',

  /**
   * Extends an image beyond its borders. 0.06 US dollars.
   */
  OUTPAINT = 'outpaint',

  /**
   * Removes the area that a mask covers. 0.07 US dollars.
   */
  ERASE = 'erase',

  /**
   * Replaces an object that a text describes. 0.07 US dollars.
   */
  SEARCH_AND_REPLACE = 'search-and-replace',

  /**
   * Recolors an object that a text describes. 0.07 US dollars.
   */
  SEARCH_AND_RECOLOR = 'search-and-recolor',

  /**
   * Makes the background transparent. 0.07 US dollars.
   */
  REMOVE_BACKGROUND = 'remove-background',

  /**
   * Upscales a small image and adds details. 0.60 US dollars.
   */
  CREATIVE_UPSCALE = 'creative-upscale',

  /**
   * Upscales an image with minimal changes. 0.40 US dollars.
   */
  CONSERVATIVE_UPSCALE = 'conservative-upscale',

  /**
   * Upscales a small image by a factor of four. 0.03 US dollars.
   */
  FAST_UPSCALE = 'fast-upscale',

  /**
   * Generates an image from a sketch. 0.07 US dollars.
   */
  SKETCH = 'sketch',

  /**
   * Generates an image with the structure of another image. 0.07 US dollars.
   */
  STRUCTURE = 'structure',

  /**
   * Generates an image in the style of another image. 0.07 US dollars.
   */
  STYLE_GUIDE = 'style-guide',

  /**
   * Applies the style of one image to another. 0.08 US dollars.
   */
  STYLE_TRANSFER = 'style-transfer',
}

/**
 * Edit operations that the API offers. Adds the routes `POST /images/edits` and `POST /images/uploads`.
 *
 * Each operation is a Stability AI Image Service on Bedrock. It is called in the Region of the stack if that is us-east-1, us-east-2 or
 * us-west-2, otherwise in us-west-2. Prompts and images can be processed in any of these three regions.
 *
 * @example
 * import { GenAiImageApi, ImageEdits } from 'cdk-genai-image-api';
 *
 * new GenAiImageApi(this, 'Api', { edits: ImageEdits.all() });
 */
export class ImageEdits {
  /**
   * Offers all edit operations of this version.
   *
   * @example
   * import { ImageEdits } from 'cdk-genai-image-api';
   *
   * const edits = ImageEdits.all();
   */
  public static all(): ImageEdits {
    return new ImageEdits(Object.values(ImageEdit));
  }

  /**
   * Offers the given edit operations only. The functions have no permission to call the other services.
   *
   * @param edits at least one operation, each once
   *
   * @example
   * import { ImageEdit, ImageEdits } from 'cdk-genai-image-api';
   *
   * const edits = ImageEdits.of(ImageEdit.INPAINT, ImageEdit.REMOVE_BACKGROUND);
   */
  public static of(...edits: ImageEdit[]): ImageEdits {
    checkArguments('ImageEdits.of()', listOf(text, 'members of ImageEdit')('edits', edits));
    return new ImageEdits(edits);
  }

  private readonly edits: readonly ImageEdit[];

  private constructor(edits: readonly ImageEdit[]) {
    this.edits = edits;
  }

  /**
   * Returns the problems of the options, in terms of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _validate(): string[] {
    const known: readonly string[] = Object.values(ImageEdit);
    const tokens = this.edits.some((edit) => Token.isUnresolved(edit));
    return [
      ...(this.edits.length > 0 ? [] : ["'edits' must contain at least one edit; remove it for none, or write ImageEdits.all()"]),
      ...knownAtSynthesis('edits', tokens, 'the construct grants access to the models of the edits'),
      ...this.edits.filter((edit) => !Token.isUnresolved(edit) && !known.includes(edit)).map((edit) => `'edits' must contain members of ImageEdit, got '${edit}'${similarMember(edit)}`),
      ...unique('edits', this.edits),
    ];
  }

  /**
   * Returns how the services are called from the Region of the stack.
   *
   * @internal
   */
  public _bind(scope: Construct): ModelBinding<ConfiguredEdits> {
    const stackRegion = Stack.of(scope).region;
    const region = EDIT_REGIONS.find((each) => each === stackRegion) ?? DEFAULT_EDIT_REGION;
    return {
      label: "the models of 'edits'",
      isPlural: true,
      content: 'prompts and images',
      access: new InferenceProfileAccess(this.edits.map((edit) => editProfile(editModel(edit)!.id)), EDIT_REGIONS, region),
      subscription: { label: "the models of 'edits', which are one subscription" },
      configuration: { region, operations: this.edits },
    };
  }
}

function similarMember(edit: string): string {
  const similar = closest(edit.replace(/[ -]/g, '_'), Object.keys(ImageEdit));
  return similar === undefined ? '' : `; write ImageEdit.${similar}`;
}
