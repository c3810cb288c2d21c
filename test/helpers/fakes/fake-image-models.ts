import type { GeneratedImage, GenerationInput, ImageModels, Model } from '../../../src/handlers/generation/ports';
import type { ApiError } from '../../../src/handlers/shared/api-error';

/** A valid PNG of one pixel. */
export const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

type Responder = (input: GenerationInput, index: number) => Promise<GeneratedImage> | GeneratedImage | ApiError;

export class FakeImageModels implements ImageModels {
  /** The input of each call. */
  public readonly calls: GenerationInput[] = [];
  /** The model of each call. */
  public readonly calledModels: Model[] = [];
  /** Responders of the next calls. Later calls use `respond`. */
  public readonly next: Responder[] = [];
  public respond: (input: GenerationInput) => GeneratedImage = ({ seed }) => ({ bytes: PNG, seed, contentType: 'image/png', width: 1, height: 1 });

  public async generate(model: Model, input: GenerationInput): Promise<(GeneratedImage | ApiError)[]> {
    this.calls.push(input);
    this.calledModels.push(model);
    const respond = this.next.shift() ?? this.respond;
    return Promise.all(Array.from({ length: input.count }, (_, index) => respond(input, index)));
  }

  /** Makes the next calls fail. */
  public failWith(...errors: Error[]): void {
    this.next.push(...errors.map((error) => () => { throw error; }));
  }
}
