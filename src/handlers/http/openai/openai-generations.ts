import { extensions, ignoredExtensions, withoutAuto } from './extensions';
import { isApiModelName, modelFor } from './model-selection';
import { nearestSize } from './nearest-size';
import { generateFields, parseWithFieldErrors } from './openai-fields';
import { backgroundErrors, generatedFormat } from './output-format';
import { parseOptions, respondInOpenAiFormat } from './respond-with-images';
import type { JsonObject } from '../../../private/contract/json-object';
import type { HandlerContext } from '../../requests/context';
import type { AllowedModel } from '../../requests/model-registry';
import { parseGenerate } from '../../requests/parse-generate';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';

/** `POST /v1/images/generations` */
export async function generateImages(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { data, fieldErrors, unknown } = generateFields(jsonBody(request));
  const model = modelFor(data.model, data.quality, context.models);
  const target = model ?? context.models.defaultModel;
  const body = standardBody(data, model, target);
  const parsed = parseWithFieldErrors(
    [...fieldErrors, ...backgroundErrors(data, context.edits)],
    () => parseGenerate(body, context, parseOptions(data, request, context)),
  );
  return respondInOpenAiFormat(request, context, { data, parsed, eventType: 'image_generation', ignored: [...unknown, ...ignoredFields(data, target)] });
}

/** Converts the fields to a body of `POST /images`. */
function standardBody(data: JsonObject, model: AllowedModel | undefined, target: AllowedModel): JsonObject {
  const { prompt, model: name, n, size, quality } = data;
  return {
    prompt,
    model: model?.model.id ?? name,
    count: n,
    ...nearestSize(size, target.parameters),
    ...(target.parameters.quality && quality !== undefined && { quality: PREMIUM.includes(String(quality)) ? 'premium' : 'standard' }),
    ...extensions(data, target),
    outputFormat: generatedFormat(data, target),
  };
}

/** Returns the names of fields that have no effect on the model. `quality` selects the model unless the request names one. */
function ignoredFields(data: JsonObject, target: AllowedModel): string[] {
  const { parameters: { aspectRatio, size, quality } } = target;
  return [
    ...ignoredExtensions(data, target),
    ...(!aspectRatio && !size ? withoutAuto(data, 'size') : []),
    ...(!quality && isApiModelName(data.model) ? withoutAuto(data, 'quality') : []),
  ];
}

/** Values of `quality` that select `premium` on models with two qualities. */
const PREMIUM = ['high', 'hd', 'xhigh', 'max'];
