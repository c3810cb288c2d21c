import { modelFor } from './model-selection';
import { nearestSize } from './nearest-size';
import { generateFields, parseWithFieldErrors } from './openai-fields';
import { backgroundErrors, generatedFormat } from './output-format';
import { parseOptions, respondWithImages } from './respond-with-images';
import type { JsonObject } from '../../../private/contract/json-object';
import type { HandlerContext } from '../../requests/context';
import { parseGenerate } from '../../requests/parse-generate';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';

/** `POST /v1/images/generations` */
export async function generateImages(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { data, fieldErrors } = generateFields(jsonBody(request));
  const body = standardBody(data, context);
  const parsed = parseWithFieldErrors(
    [...fieldErrors, ...backgroundErrors(data, context.edits)],
    () => parseGenerate(body, context, parseOptions(data, request, context)),
  );
  return respondWithImages(request, context, data, parsed, 'image_generation');
}

/** Converts the fields to a body of `POST /images`. */
function standardBody(data: JsonObject, { models }: HandlerContext): JsonObject {
  const { prompt, model: name, n, size, quality } = data;
  const model = modelFor(name, quality, models);
  const target = model ?? models.defaultModel;
  return {
    prompt,
    model: model?.model.id ?? name,
    count: n,
    ...nearestSize(size, target.parameters),
    ...(target.parameters.quality && quality !== undefined && { quality: PREMIUM.includes(String(quality)) ? 'premium' : 'standard' }),
    outputFormat: generatedFormat(data, target),
  };
}

/** Values of `quality` that select `premium` on models with two qualities. */
const PREMIUM = ['high', 'hd', 'xhigh', 'max'];
