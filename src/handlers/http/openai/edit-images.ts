import { editFields } from './fields';
import { isOurs } from './model-selection';
import { backgroundErrors, imageFormat, respondWithImages } from './respond-with-images';
import type { FieldError } from '../../../private/contract/errors';
import { OPENAI_EDIT_REQUEST_SCHEMA } from '../../../private/contract/openai';
import { transparentPart } from '../../images/mask';
import type { HandlerContext } from '../../requests/context';
import { decodedFile, imageFileError } from '../../requests/input-images';
import type { AllowedEdit } from '../../requests/model-registry';
import { formBody, isForm } from '../multipart';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';
import { base64 } from '../responses';
import { parseEdit } from '../routes/edit-images';

type Data = Readonly<Record<string, unknown>>;

/** `POST /v1/images/edits` */
export async function editImages(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  // SDKs send a list of one image as `image[]`
  const body = isForm(request) ? await formBody(request, OPENAI_EDIT_REQUEST_SCHEMA, (name) => name.replace(/\[\]$/, '')) : jsonBody(request);
  const { data, fieldErrors } = editFields(body);
  const all = [...fieldErrors, ...modelFaults(data, context), ...backgroundErrors(data, context.edits)];
  // a request that is refused anyway is not worth the work of decoding its picture
  const { edit, fault } = editFor(data, context, all.length === 0);
  if (fault) all.push(fault);
  const standard = standardBody(data, edit, context);
  return respondWithImages(request, context, { data, fieldErrors: all }, () => parseEdit(standard, request.owner, context), 'image_edit');
}

/** Which edit a request means, as OpenAI has but one. */
function editFor({ image, mask }: Data, { edits: offered }: HandlerContext, isLookedAt: boolean): { readonly edit: Data; readonly fault?: FieldError } {
  const find = (operation: string) => offered.find(({ edit }) => edit.operation === operation);
  const inpaint = find(INPAINT);
  if (mask !== undefined) {
    return { edit: { operation: INPAINT, mask }, fault: inpaint ? undefined : { pointer: '/mask', detail: `is not available: this API has no edit ${INPAINT}` } };
  }
  const ownMask = inpaint && isLookedAt ? maskOf(String(image), inpaint) : undefined;
  if (ownMask !== undefined) return { edit: { operation: INPAINT, mask: ownMask } };
  if (find(STRUCTURE)) return { edit: { operation: STRUCTURE } };
  return { edit: { operation: INPAINT }, fault: { pointer: '/mask', detail: `is required: this API has no edit ${STRUCTURE} to redraw a whole image by` } };
}

/** Fills what a mask marks, and draws a whole picture anew on the structure of another. */
const [INPAINT, STRUCTURE] = ['inpaint', 'structure'];

/** What is transparent of a picture that comes without a mask is what is to be painted. */
function maskOf(image: string, { parameters }: AllowedEdit): string | undefined {
  const file = decodedFile(image);
  // also one that is none, or too large to be decoded: that is told where pictures are looked at
  if (imageFileError(file, parameters.image) !== undefined) return undefined;
  try {
    const mask = transparentPart(file);
    return mask && base64(mask);
  } catch {
    return undefined;
  }
}

/** Which model draws follows from the edit; a name that means nothing here is refused all the same. */
function modelFaults({ model }: Data, { models, edits: offered }: HandlerContext): FieldError[] {
  const names = [...models.names, ...offered.map(({ edit }) => edit.id)];
  return isOurs(model) && !names.includes(model) ? [{ pointer: '/model', detail: `must be one of ${names.join(', ')}` }] : [];
}

/** The same request in the terms of `POST /images/edits`. */
function standardBody({ prompt, image, n, output_format: format, background }: Data, edit: Data, { edits: offered }: HandlerContext): Data {
  const target = offered.find(({ edit: { operation } }) => operation === edit.operation);
  return { ...edit, image, prompt, count: n, outputFormat: target && imageFormat({ format, background, count: Number(n ?? 1) }, target) };
}
