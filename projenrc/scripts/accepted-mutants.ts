/** A mutant that no test can detect, because the program does the same with it. */
export interface AcceptedMutant {
  /** In src/handlers. */
  readonly file: string;
  /** The line with the mutation, as the report shows it. */
  readonly mutated: string;
  /** Why the program does the same. */
  readonly reason: string;
}

/** The report of the mutation tests shows the reason beside each of these mutants, and lists the others as not explained. */
export const ACCEPTED_MUTANTS: readonly AcceptedMutant[] = [
  {
    file: 'generation/text/claim-text-cache.ts',
    mutated: 'const decipher = createDecipheriv(ALGORITHM, encryptionKey(claim), bytes.subarray(0, IV_BYTES), {});',
    reason: 'the tag is always cut to 16 bytes, which Node.js accepts without the option',
  },
  {
    file: 'generation/image-creator.ts',
    mutated: 'const error = errorOf(images, outcomes.flatMap((outcome) => (\'error\' in outcome ? outcome.error : ["Stryker was here"])));',
    reason: 'errorOf returns no error of the list if there is an image, and only images add the text',
  },
  {
    file: 'generation/store-image.ts',
    mutated: "const seeds = images.flatMap(({ generated }) => generated.seed ?? []).join(', ');",
    reason: 'none of the images is stored, so all of them are generated',
  },
  {
    file: 'generation/input-image-loader.ts',
    mutated: 'if (true && long > maxSide) return `must have sides of at most ${maxSide} pixels, ${got}`;',
    reason: 'a comparison with undefined is false',
  },
  {
    file: 'generation/input-image-loader.ts',
    mutated: 'if (true && width * height < minPixels) return `must have at least ${minPixels} pixels, ${got}`;',
    reason: 'a comparison with undefined is false',
  },
  {
    file: 'generation/input-image-loader.ts',
    mutated: 'if (true && width * height > maxPixels) return `must have at most ${maxPixels} pixels, ${got}`;',
    reason: 'a comparison with undefined is false',
  },
  {
    file: 'generation/input-image-loader.ts',
    mutated: 'if (true && long > maxRatio * short) return `must have an aspect ratio from 1:${maxRatio} to ${maxRatio}:1, ${got}`;',
    reason: 'a comparison with NaN is false',
  },
  {
    file: 'generation/input-image-loader.ts',
    mutated: '} catch {}',
    reason: 'a function without a return statement returns undefined',
  },
  {
    file: 'models/families/converse-image.ts',
    mutated: 'const blocks: unknown[] = isRecord(message) && Array.isArray(message.content) ? message.content : ["Stryker was here"];',
    reason: 'a block that is not an object has no image',
  },
];
