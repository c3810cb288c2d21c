import { parseGenerate } from '../generate-request';
import { jsonBody, type HttpAnswer, type HttpRequest } from '../request';
import type { RouteContext } from '../route';
import { generateFields } from './fields';
import { backgroundFaults, imageFormat, makeImages } from './make-images';
import { modelFor } from './models';
import { nearestSize } from './size';

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
