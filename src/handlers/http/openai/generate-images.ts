import { generateFields } from './fields';
import { modelFor } from './model-selection';
import { nearestSize } from './nearest-size';
import { backgroundFaults, imageFormat, makeImages } from './respond-with-images';
import type { RouteContext } from '../../requests/context';
import { parseGenerate } from '../../requests/parse-generate';
import { jsonBody, type HttpAnswer, type HttpRequest } from '../request';

type Data = Readonly<Record<string, unknown>>;

/** `POST /v1/images/generations` */
export async function generations(request: HttpRequest, context: RouteContext): Promise<HttpAnswer> {
  const { data, faults } = generateFields(jsonBody(request));
  const all = [...faults, ...backgroundFaults(data, context.edits)];
  const body = standardBody(data, context);
  return makeImages(request, context, { data, faults: all }, () => parseGenerate(body, request.owner, context), 'image_generation');
}

/** The same request in the terms of `POST /images`. */
function standardBody({ prompt, model: name, n, size, quality, output_format: format, background }: Data, { models }: RouteContext): Data {
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
