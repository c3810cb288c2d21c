import type { GeneratedImage, Guardrail } from '../../../src/handlers/generation/ports';
import { ApiError } from '../../../src/handlers/shared/api-error';

/** Filters texts with the word `forbidden`, and images if `filtersImages` returns true. */
export class FakeGuardrail implements Guardrail {
  /** What was checked, as `prompt: <text>`. */
  public readonly checked: string[] = [];
  /** The input images that were checked. */
  public readonly checkedImages: Uint8Array[] = [];
  public readonly deadlines: number[] = [];
  /** Returns an error for content that the guardrail cannot check: an `ApiError`, or the cause of `MODEL_BUSY`. */
  public fails: (text: string, what: string) => Error | undefined = () => undefined;
  public filtersImages: (image: GeneratedImage) => boolean = () => false;

  public async checkInput(text: string, images: readonly Uint8Array[], deadline: number): Promise<void> {
    this.deadlines.push(deadline);
    this.checkedImages.push(...images);
    this.check(text, 'prompt');
  }

  public async checkOutput(image: GeneratedImage, deadline: number): Promise<void> {
    this.deadlines.push(deadline);
    this.check(this.filtersImages(image) ? 'forbidden' : '', 'output image');
  }

  public async checkText(text: string): Promise<void> {
    this.check(text, 'response');
  }

  private check(text: string, what: string): void {
    this.checked.push(`${what}: ${text}`);
    const cause = this.fails(text, what);
    if (cause instanceof ApiError) throw cause;
    if (cause) throw new ApiError('MODEL_BUSY', 'the guardrail could not check the content', { cause, retryAfterSeconds: 10 });
    if (text.includes('forbidden')) throw new ApiError('CONTENT_FILTERED', `the guardrail filtered the ${what}`, { filtered: what === 'prompt' ? 'prompt' : 'output' });
  }
}
