import { fieldErrorsFrom, type Fields } from './fields';
import { imagesResponse, streamResponse } from './image-response';
import { expectsUrls } from './model-selection';
import type { FieldError } from '../../../private/contract/errors';
import { generate } from '../../generation/generate';
import { responseContext, type HandlerContext } from '../../requests/context';
import type { AllowedEdit, AllowedModel } from '../../requests/model-registry';
import { fingerprintOf, type ParsedRequest } from '../../requests/parsed-request';
import { firstOfEach } from '../../requests/validation-errors';
import { invalidRequest } from '../../shared/errors';
import { requestContext } from '../idempotency-key';
import { loadImageBytes } from '../load-image-bytes';
import type { HttpResponse, HttpRequest } from '../request';
import { generationResponse } from '../responses';

type Data = Readonly<Record<string, unknown>>;

/** What both routes that make images have in common. `parse` gets the body in our terms, and faults of it in anybody's. */
export async function respondWithImages(
  request: HttpRequest, context: HandlerContext, { data, fieldErrors }: Fields, parse: () => ParsedRequest, events: 'image_generation' | 'image_edit',
): Promise<HttpResponse> {
  const wanted = parsed(parse, fieldErrors);
  const inline = !expectsUrls(data.model, data.response_format);
  const caller = { ...requestContext(request), retryCount: retryCountOf(request) };
  // callers that nobody knows must not get each other's images by sending the same
  const sender = context.configuration.auth.mode === 'none' ? request.sender : undefined;
  const fingerprint = fingerprintOf({ ...data, route: request.route, ...(sender !== undefined && { sender }) });
  const asked = { ...wanted.request, fingerprint, backgroundRemoval: backgroundRemovalOf(data, context.edits) };
  const made = await generate(asked, caller, context.ports, context.configuration);
  const generated = inline ? await loadImageBytes(made, context.ports) : made;
  const answer = await generationResponse(generated, inline, responseContext(context));
  return data.stream === true ? streamResponse(answer, generated, events) : imagesResponse(answer, generated);
}

/** All that is wrong, whether the contract or the model minds. */
function parsed(parse: () => ParsedRequest, faults: readonly FieldError[]): ParsedRequest {
  try {
    const wanted = parse();
    if (faults.length === 0) return wanted;
  } catch (error) {
    throw invalidRequest(firstOfEach([...faults, ...fieldErrorsFrom(error)]));
  }
  throw invalidRequest(faults);
}

const COUNT = /^[0-9]{1,4}$/;

/** OpenAI's SDKs count how often they have sent a request. Undefined: the client does not, so that none of its requests repeats another. */
function retryCountOf({ headers }: HttpRequest): number | undefined {
  const count = headers['x-stainless-retry-count'];
  return count !== undefined && COUNT.test(count) ? Number(count) : undefined;
}

/** Several images have to fit into one answer. What is cut out afterwards is drawn without loss. Undefined: as the model likes. */
export function imageFormat(
  { format, background, count }: { format: unknown; background: unknown; count: number }, { parameters }: AllowedModel,
): string | undefined {
  const { values } = parameters.outputFormat;
  const first = (...formats: string[]) => formats.find((each) => values.includes(each));
  if (background === 'transparent') return first('png');
  if (format !== undefined) return String(format);
  return first(count > 1 ? 'jpeg' : 'png');
}

const CUT_OUT = 'remove-background';

/** Formats that have transparency. */
const TRANSPARENT_FORMATS = ['png', 'webp'];

export function backgroundErrors({ background, output_format: format }: Data, edits: readonly AllowedEdit[]): FieldError[] {
  if (background !== 'transparent') return [];
  const edit = removal(edits);
  if (!edit) return [{ pointer: '/background', detail: `transparent is not available: this API has no edit ${CUT_OUT}` }];
  const formats = edit.parameters.outputFormat.values.filter((value) => TRANSPARENT_FORMATS.includes(value));
  if (format === undefined || formats.some((value) => value === format)) return [];
  return [{ pointer: '/output_format', detail: `must be one of ${formats.join(', ')} with a transparent background` }];
}

function backgroundRemovalOf({ background, output_format: format }: Data, edits: readonly AllowedEdit[]) {
  const edit = background === 'transparent' ? removal(edits) : undefined;
  return edit && { model: edit.model, outputFormat: String(format ?? TRANSPARENT_FORMATS[0]) };
}

function removal(edits: readonly AllowedEdit[]): AllowedEdit | undefined {
  return edits.find(({ edit }) => edit.operation === CUT_OUT);
}
