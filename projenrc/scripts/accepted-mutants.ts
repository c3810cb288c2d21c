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
    file: 'generation/storage/not-stored.ts',
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
  {
    file: 'generation/text/cached-text-model.ts',
    mutated: 'const spent = spending.chargedUsd === undefined ? undefined : spending.chargedMicroUsd + before;',
    reason: 'the text model is the first model of a request, so nothing was charged before',
  },
  {
    file: 'generation/idempotent-generator.ts',
    mutated: 'if (false) return undefined;',
    reason: 'without a stored image, the generator throws the same error',
  },
  {
    file: 'generation/idempotent-generator.ts',
    mutated: 'if (false) return this.generator;',
    reason: 'without a text model, no valid request has its prompt enhanced',
  },
  {
    file: 'generation/image-generator.ts',
    mutated: 'missing.slice(index / imagesPerCall, (index + 1) * imagesPerCall));',
    reason: 'a model has one image per call, or at least as many as a request can have',
  },
  {
    file: 'generation/storage/store-image.ts',
    mutated: "+ 'with an Idempotency-Key, the image is stored, and a retry checks it without a second charge', { mayBeCharged: false, cause: error instanceof ApiError ? error.cause : error });",
    reason: 'the caller marks each error after a model call as charged',
  },
  {
    file: 'generation/prepare.ts',
    mutated: 'if (false) return undefined;',
    reason: 'without a text model, no valid request has its prompt enhanced',
  },
  {
    file: 'generation/prepare.ts',
    mutated: 'if (false || characterCount(text) > enhancedLength(maxLength) || !promptPolicy.accepts(text)) return undefined;',
    reason: 'an empty text is not used as a prompt, and the guardrail does not check it',
  },
  {
    file: 'generation/prepare.ts',
    mutated: 'if (true) this.ports.log.error(message, { code: error.code, ...describeCause(error.cause) });',
    reason: 'only a bug throws another error, and only the log has a line more',
  },
  {
    file: 'http/routes/create-images.ts',
    mutated: '? edits.find(({ edit }) => true)',
    reason: 'all edits have the same formats, and an unknown operation is rejected',
  },
  {
    file: 'http/routes/create-images.ts',
    mutated: ': (true && models.find(data.model)) || models.defaultModel;',
    reason: 'no model has a name that is not a text',
  },
  {
    file: 'http/routes/create-images.ts',
    mutated: 'const formats = target?.parameters.outputFormat.values ?? ["Stryker was here"];',
    reason: 'an unknown operation is rejected',
  },
  {
    file: 'http/routes/create-images.ts',
    mutated: 'const accepted = acceptedType(accept, false ? formats : formats.filter((format) => format === outputFormat));',
    reason: 'without outputFormat, no format is left, and the next line considers all of them',
  },
  {
    file: 'http/routes/create-images.ts',
    mutated: 'return true ? requested.image : undefined;',
    reason: 'a text does not have an image',
  },
  {
    file: 'http/load-image-bytes.ts',
    mutated: 'const storedBytes = result.images.reduce((sum, image) => sum + (image.generated ? 0 : image.stored.bytes ?? 0), 0);',
    reason: 'an image that was not generated is stored',
  },
  {
    file: 'http/owner.ts',
    mutated: 'return authorizerOwner(auth.fields ?? ["Stryker was here"], authorizer);',
    reason: 'no authorizer returns this field, so the request is rejected as without fields',
  },
  {
    file: 'adapters/eventbridge/event-bridge-publisher.ts',
    mutated: 'const { Entries: [entry] = ["Stryker was here"] } = await this.client.send(new PutEventsCommand({',
    reason: 'a text has no error code',
  },
  {
    file: 'adapters/eventbridge/event-bridge-publisher.ts',
    mutated: '...(true && { operation }),',
    reason: 'JSON has no undefined values',
  },
  {
    file: 'adapters/eventbridge/event-bridge-publisher.ts',
    mutated: '...(events?.prompts && true && { prompt }),',
    reason: 'JSON has no undefined values',
  },
  {
    file: 'adapters/eventbridge/event-bridge-publisher.ts',
    mutated: '{ bucket, key, contentType, width, height, bytes, ...(true && { seed }) }',
    reason: 'JSON has no undefined values',
  },
  {
    file: 'adapters/eventbridge/event-bridge-publisher.ts',
    mutated: 'return [...(failure ? [failure] : []), ...record.failures].map(({ code, detail, seed }) => ({ code, detail, ...(true && { seed }) }));',
    reason: 'JSON has no undefined values',
  },
  {
    file: 'http/respond-async.ts',
    mutated: 'return Math.ceil(typicalSeconds(model) * (1 + depth / (configuration.queue.concurrency ?? 1)));',
    reason: 'an API that enqueues jobs has a queue in its configuration',
  },
  {
    file: 'http/routes/batches.ts',
    mutated: 'const { status, problem } = statusOf(record, ports.clock.now(), configuration.queue.maxAgeSeconds);',
    reason: 'the routes of batches exist only with a queue',
  },
  {
    file: 'jobs/enqueue.ts',
    mutated: 'const isUnknown = await records.cancel(record).then(() => undefined, () => claim !== undefined);',
    reason: 'undefined is not true either',
  },
  {
    file: 'jobs/process-job.ts',
    mutated: 'const [{ detail, seed }] = result.images.flatMap(({ storageFailure }) => storageFailure ?? ["Stryker was here"]);',
    reason: 'if no image is stored, each has a storage failure',
  },
  {
    file: 'jobs/process-job.ts',
    mutated: 'if (true && now < leaseUntil) return retryIn((leaseUntil - now) / 1000);',
    reason: 'only a running job has a lease',
  },
  {
    file: 'jobs/process-job.ts',
    mutated: 'return this.fail(record, errorFromStored(noted, {}), received, { seed: noted.seed });',
    reason: 'the failure that the record notes is stored instead',
  },
  {
    file: 'jobs/process-job.ts',
    mutated: 'return this.fail(record, errorFromStored(noted, { mayBeCharged: noted.mayBeCharged }), received, {});',
    reason: 'the failure that the record notes is stored instead',
  },
  {
    file: 'jobs/process-job.ts',
    mutated: "...(state === 'failed' ? { throttles: 0, redrivenAt: message.redrivenAt ?? now } : {}),",
    reason: 'a change without a number keeps that of the record',
  },
  {
    file: 'jobs/process-job.ts',
    mutated: '?? { ...storedError(error, spent), requestId, ...(true && { seed }), ...(mayBeCharged && { mayBeCharged }) };',
    reason: 'DynamoDB stores no undefined values',
  },
  {
    file: 'jobs/process-job.ts',
    mutated: 'if (false) return record;',
    reason: 'the same failure is noted again',
  },
  {
    file: 'jobs/worker.ts',
    mutated: "if (!queue && !configuration.queue) throw new Error('the configuration of the worker has no queue');",
    reason: 'there is a queue if the configuration has one',
  },
  {
    file: 'jobs/check-input-images.ts',
    mutated: 'for (let start = 0; start <= groups.length; start += MAX_PARALLEL_CHECKS) {',
    reason: 'a slice after the end is empty',
  },
  {
    file: 'jobs/check-input-images.ts',
    mutated: 'if (!request || false) continue;',
    reason: 'loading no images has no effect',
  },
  {
    file: 'generation/remove-background.ts',
    mutated: "log.error('background removal failed', { model: model.id, code: error.code, ...(true && describeCause(error.cause)) });",
    reason: 'only the log has a field more',
  },
  {
    file: 'jobs/enqueue.ts',
    mutated: 'const giveBack = async () => { if (true) await budget?.settle(owner, reservation, 0, deadline); };',
    reason: 'a budget has always made a reservation',
  },
  {
    file: 'jobs/enqueue.ts',
    mutated: 'const giveBack = async () => { if (reservation) await budget.settle(owner, reservation, 0, deadline); };',
    reason: 'without a budget, there is no reservation',
  },
  {
    file: 'jobs/enqueue-batch.ts',
    mutated: 'if (true) await batches.put(batch, deadlines.response);',
    reason: 'the batch of the interrupted request is written again as it is',
  },
  {
    file: 'shared/prompt-policy.ts',
    mutated: 'return !denied.isIn(comparable(text)) && (false || !denied.isIn(comparable(withBlanks)));',
    reason: 'the same text is searched twice',
  },
  {
    file: 'shared/prompt-policy.ts',
    mutated: 'if (true) return (patterns.unicode ??= anyOf(words)).test(text);',
    reason: 'the slower pattern finds the same words in ASCII texts',
  },
  {
    file: 'authorizers/authorize.ts',
    mutated: "throw new Error('the token could not be verified', {});",
    reason: 'only the log loses the cause',
  },
  {
    file: 'authorizers/token-verifier.ts',
    mutated: "if (false || !this.configuration.algorithms.includes(alg)) throw new InvalidTokenError('algorithm');",
    reason: 'no list of algorithms contains undefined',
  },
  {
    file: 'authorizers/token-verifier.ts',
    mutated: "throw new KeysUnavailableError('the issuer does not respond', {});",
    reason: 'only the log loses the cause',
  },
  {
    file: 'authorizers/token-verifier.ts',
    mutated: "throw new KeysUnavailableError('a document of the issuer is not JSON', {});",
    reason: 'only the log loses the cause',
  },
  {
    file: 'jobs/process-job.ts',
    mutated: 'const endedRuns = record.job.attempts - (false ? 0 : 1);',
    reason: 'without a run, the error contains the charge of the ended runs itself',
  },
  {
    file: 'http/legacy/legacy-jobs.ts',
    mutated: 'const estimate = false ? {} : { estimated_time: estimatedSeconds };',
    reason: 'JSON has no undefined values',
  },
  {
    file: 'http/legacy/legacy-jobs.ts',
    mutated: "case 'failed': return { status, error: problem.detail };",
    reason: 'each failed job has a problem',
  },
  {
    file: 'http/legacy/legacy-jobs.ts',
    mutated: "case 'expired': return {};",
    reason: 'the status of the standard response remains, and it is the same',
  },
  {
    file: 'http/legacy/legacy-routes.ts',
    mutated: 'export function legacyRouteLoader(method: string, path: string, { legacy = ["Stryker was here"] }: HandlerConfiguration): RouteLoader | undefined {',
    reason: 'the added text has no path, so it matches no request',
  },
  {
    file: 'http/legacy/translate-image-request.ts',
    mutated: 'const supported = ((true && models.find(model)) || models.defaultModel).parameters;',
    reason: 'no model has a name that is not a text',
  },
  {
    file: 'http/legacy/translate.ts',
    mutated: 'data: { ...Object.fromEntries(others), ...(true && { prompt: promptText }) },',
    reason: 'an undefined field is validated as a missing one',
  },
];
