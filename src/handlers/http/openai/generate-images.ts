import { generateFields } from './fields';
import { modelFor } from './model-selection';
import { nearestSize } from './nearest-size';
import { backgroundErrors, imageFormat, respondWithImages } from './respond-with-images';
import type { HandlerContext } from '../../requests/context';
import { parseGenerate } from '../../requests/parse-generate';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';

type Data = Readonly<Record<string, unknown>>;

/** `POST /v1/images/generations` */
export async function generateImages(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { data, fieldErrors } = generateFields(jsonBody(request));
  const all = [...fieldErrors, ...backgroundErrors(data, context.edits)];
  const body = standardBody(data, context);
  return respondWithImages(request, context, { data, fieldErrors: all }, () => parseGenerate(body, request.owner, context), 'image_generation');
}

/** The same request in the terms of `POST /images`. */
function standardBody({ prompt, model: name, n, size, quality, output_format: format, background }: Data, { models }: HandlerContext): Data {
  const model = modelFor(name, quality, models);
  const target = model ?? models.standard;
  return {
    prompt,
    model: model?.model.id ?? name,
    count: n,
    ...nearestSize(size, target.parameters),
    ...(target.parameters.quality && quality !== undefined && { quality: HIGH.includes(String(quality)) ? 'premium' : 'standard' }),
    outputFormat: imageFormat({ format, background, count: Number(n ?? 1) }, target),
  };
}

/** Of models that draw in two qualities. */
const HIGH = ['high', 'hd', 'xhigh', 'max'];
