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
    file: 'generation/image-generator.ts',
    mutated: 'const error = errorOf(images, outcomes.flatMap((outcome) => (\'error\' in outcome ? outcome.error : ["Stryker was here"])));',
    reason: 'errorOf returns no error of the list if there is an image, and only images add the text',
  },
  {
    file: 'generation/storage/store-image.ts',
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
  {
    file: 'requests/model-parameters.ts',
    mutated: "case 'texts':",
    reason: 'an array is optional and validated by the schema, so no error describes it',
  },
  {
    file: 'requests/model-parameters.ts',
    mutated: "case 'size':",
    reason: 'no field of a request has this name, so no error describes it',
  },
  {
    file: 'requests/validation-errors.ts',
    mutated: 'return validate(data) ? [] : fieldErrorsOf(validate.errors ?? ["Stryker was here"], schema, data);',
    reason: 'a validator that returns false has set its errors',
  },
  {
    file: 'requests/parse-generate.ts',
    mutated: '...(data.enhancePrompt === true && { enhance: { maxLength: target.parameters.prompt.maxLength ?? 0 } }),',
    reason: 'all models of POST /images have a prompt',
  },
  {
    file: 'requests/parse-generate.ts',
    mutated: '...(hasImage && { mode: catalogEntry.imageMode }),',
    reason: 'only models of the catalog support an image',
  },
  {
    file: 'requests/parsed-request.ts',
    mutated: 'return a <= b ? -1 : 1;',
    reason: 'an object does not have the same field twice',
  },
  {
    file: 'requests/allowed-parameters.ts',
    mutated: "if (name === 'maxTokens' && true) return { ...parameter, maximum: Math.min(parameter.maximum, GUARDED_MAX_TOKENS) };",
    reason: 'each parameter of this name is an integer',
  },
  {
    file: 'requests/allowed-parameters.ts',
    mutated: "if (name === 'outputFormat' && true) return { ...parameter, values: parameter.values.filter(isGuarded) };",
    reason: 'each parameter of this name is a choice',
  },
  {
    file: 'requests/image-size.ts',
    mutated: 'return size || false || height === undefined ? undefined : { width, height };',
    reason: 'a valid request has both or neither',
  },
  {
    file: 'requests/image-size.ts',
    mutated: 'return size || width === undefined || false ? undefined : { width, height };',
    reason: 'a valid request has both or neither',
  },
  {
    file: 'requests/image-size.ts',
    mutated: 'const nearest = width || height ? nearestAspectRatio(width, height, ratios.values) : undefined;',
    reason: 'a valid request has both or neither',
  },
  {
    file: 'requests/image-size.ts',
    mutated: 'if (true && width * height > maxPixels) return `must give at most ${maxPixels} pixels in total`;',
    reason: 'a comparison with undefined is false',
  },
  {
    file: 'requests/image-size.ts',
    mutated: 'if (maxPixels !== undefined && width * height >= maxPixels) return `must give at most ${maxPixels} pixels in total`;',
    reason: 'the sides are multiples of 16, and the only limit, 4,194,303, is odd',
  },
  {
    file: 'requests/image-size.ts',
    mutated: 'if (true && Math.max(...sides) > maxRatio * Math.min(...sides)) return `must give an aspect ratio of at most ${maxRatio}:1`;',
    reason: 'a comparison with NaN is false',
  },
  {
    file: 'requests/validation-errors.ts',
    mutated: "if (type === 'array') return `an array of ${minItems} to ${maxItems} ${items.type === 'object' ? 'objects' : 'strings'}`;",
    reason: 'all arrays of the contract have a schema of their items',
  },
  {
    file: 'shared/prompt-policy.ts',
    mutated: 'return group.length > 0 ? [`${before}(?:${group.map(escapeRegExp).join(\'|\')})${after}`] : ["Stryker was here"];',
    reason: 'the texts are in lower case, so they do not contain the added word',
  },
];
