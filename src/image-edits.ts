import { ConfiguredEdits } from './private/contract/configuration';
import { DEFAULT_EDIT_REGION, EDIT_REGIONS, editModel, editProfile } from './private/contract/models';
import { ModelAccess, InferenceProfileAccess } from './private/models/access';
import { unique } from './private/validation/rules';

/**
 * What can be done to an image.
 */
export enum ImageEdit {
  /**
   * Draws anew what a mask covers. 0.07 US dollars.
   */
  INPAINT = 'inpaint',

  /**
   * Draws beyond the borders. 0.06 US dollars.
   */
  OUTPAINT = 'outpaint',

  /**
   * Removes what a mask covers. 0.07 US dollars.
   */
  ERASE = 'erase',

  /**
   * Replaces what a text describes. 0.07 US dollars.
   */
  SEARCH_AND_REPLACE = 'search-and-replace',

  /**
   * Recolors what a text describes. 0.07 US dollars.
   */
  SEARCH_AND_RECOLOR = 'search-and-recolor',

  /**
   * Makes all but the subject transparent. 0.07 US dollars.
   */
  REMOVE_BACKGROUND = 'remove-background',

  /**
   * Enlarges a small image and invents details. 0.60 US dollars.
   */
  CREATIVE_UPSCALE = 'creative-upscale',

  /**
   * Enlarges an image and changes little. 0.40 US dollars.
   */
  CONSERVATIVE_UPSCALE = 'conservative-upscale',

  /**
   * Makes a small image four times as large, fast. 0.03 US dollars.
   */
  FAST_UPSCALE = 'fast-upscale',

  /**
   * Draws after a sketch. 0.07 US dollars.
   */
  SKETCH = 'sketch',

  /**
   * Draws anew, and keeps the structure of an image. 0.07 US dollars.
   */
  STRUCTURE = 'structure',

  /**
   * Draws something else in the style of an image. 0.07 US dollars.
   */
  STYLE_GUIDE = 'style-guide',

  /**
   * Gives an image the style of another. 0.08 US dollars.
   */
  STYLE_TRANSFER = 'style-transfer',
}

/**
 * Which edits the API offers: builds `POST /images/edits` and `POST /images/uploads`.
 *
 * Each is a Stability AI Image Service on Bedrock, called in the stack's region if that is us-east-1, us-east-2 or
 * us-west-2, else in us-west-2, and served in any of the three: prompts and images travel there. Prices are for one image.
 */
export class ImageEdits {
  /**
   * All edits that this version knows.
   */
  public static all(): ImageEdits {
    return new ImageEdits(Object.values(ImageEdit));
  }

  /**
   * These edits and no others; the function may call no other service.
   *
   * @param edits each once, at least one
   */
  public static of(...edits: ImageEdit[]): ImageEdits {
    return new ImageEdits(edits);
  }

  private readonly edits: readonly ImageEdit[];

  private constructor(edits: readonly ImageEdit[]) {
    this.edits = edits;
  }

  /**
   * Problems of the options, in the words of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _problems(): string[] {
    const known: readonly string[] = Object.values(ImageEdit);
    return [
      ...(this.edits.length > 0 ? [] : ["'edits' must name at least one edit; leave it out for none, or write ImageEdits.all()"]),
      ...this.edits.filter((edit) => !known.includes(edit)).map((edit) => `'edits' must hold members of ImageEdit, got '${edit}'`),
      ...unique('edits', this.edits),
    ];
  }

  /**
   * What the handler of a stack in this region has to be told.
   *
   * @internal
   */
  public _configuration(stackRegion: string): ConfiguredEdits {
    return { region: editRegion(stackRegion), operations: this.edits };
  }

  /**
   * How the services are called from a stack in this region.
   *
   * @internal
   */
  public _invocation(stackRegion: string): ModelAccess {
    return new InferenceProfileAccess(this.edits.map((edit) => editProfile(editModel(edit)!.id)), EDIT_REGIONS, editRegion(stackRegion));
  }
}

/** An unknown region is taken for one where edits cannot be called. */
function editRegion(stackRegion: string): string {
  return EDIT_REGIONS.find((region) => region === stackRegion) ?? DEFAULT_EDIT_REGION;
}
