import { extensions, ignoredExtensions, withoutAuto } from './extensions';
import { isApiModelName } from './model-selection';
import { editFields, parseWithFieldErrors } from './openai-fields';
import { backgroundErrors, generatedFormat } from './output-format';
import { parseOptions, respondInOpenAiFormat } from './respond-with-images';
import type { FieldError } from '../../../private/contract/errors';
import type { JsonObject } from '../../../private/contract/json-object';
import { OPENAI_EDIT_REQUEST_SCHEMA } from '../../../private/contract/openai';
import { imageFileError, UNREADABLE } from '../../generation/input-image-loader';
import { isTransparentWebp } from '../../images/transparency';
import type { HandlerContext } from '../../requests/context';
import { decodeInlineImage, isImageId } from '../../requests/input-images';
import type { AllowedEdit } from '../../requests/model-registry';
import { parseEdit } from '../../requests/parse-edit';
import { formBody, isForm } from '../body/multipart';
import { base64 } from '../image-responses';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';

/** `POST /v1/images/edits` */
export async function editImages(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  // OpenAI's SDKs name the field `image[]` for an array with one image
  const raw = isForm(request) ? await formBody(request, OPENAI_EDIT_REQUEST_SCHEMA, (name) => name.replace(/\[\]$/, '')) : jsonBody(request);
  const { data, fieldErrors, unknown } = editFields(raw);
  const allErrors = [...fieldErrors, ...modelErrors(data, context), ...backgroundErrors(data, context.edits)];
  // the image of an invalid request is not decoded
  const { edit, fieldError } = await selectEdit(data, context, allErrors.length === 0);
  if (fieldError) allErrors.push(fieldError);
  const target = context.edits.find((allowed) => allowed.edit.operation === edit.operation);
  const body = standardBody(data, edit, target);
  const parsed = parseWithFieldErrors(allErrors, () => parseEdit(body, context, parseOptions(data, request, context)));
  return respondInOpenAiFormat(request, context, { data, parsed, eventType: 'image_edit', ignored: [...unknown, ...ignoredFields(data, target)] });
}

/** `inpaint` fills the masked area. `structure` generates a new image with the structure of the input image. */
const [INPAINT, STRUCTURE] = ['inpaint', 'structure'];

/** The operation and mask of an edit. */
interface SelectedEdit {
  readonly edit: JsonObject;
  readonly fieldError?: FieldError;
}

/** Selects the operation: `inpaint` with a mask, or with an image that has a transparent area, otherwise `structure`. */
async function selectEdit({ image, mask }: JsonObject, { edits }: HandlerContext, decodesImage: boolean): Promise<SelectedEdit> {
  const find = (operation: string) => edits.find(({ edit }) => edit.operation === operation);
  const inpaint = find(INPAINT);
  if (mask !== undefined) {
    return { edit: { operation: INPAINT, mask }, ...(!inpaint && { fieldError: { pointer: '/mask', detail: `is not available: this API does not have the edit ${INPAINT}` } }) };
  }
  const transparency = inpaint && decodesImage ? await editTransparency(String(image), inpaint) : undefined;
  if (transparency) return transparency;
  if (find(STRUCTURE)) return { edit: { operation: STRUCTURE } };
  return { edit: { operation: INPAINT }, fieldError: { pointer: '/mask', detail: `is required: this API does not have the edit ${STRUCTURE}, which needs no mask` } };
}

const TRANSPARENT_WEBP = 'must not be a WebP file with transparency (send a PNG, or a mask)';

/**
 * Selects `inpaint` of the transparent area of an image, or returns undefined if it has none. If that cannot be told, returns an error: the
 * other operation would be charged, and is not what the client means.
 */
async function editTransparency(image: string, { model, parameters }: AllowedEdit): Promise<SelectedEdit | undefined> {
  const invalid = (pointer: string, detail: string): SelectedEdit => ({ edit: { operation: INPAINT }, fieldError: { pointer, detail } });
  // a stored image is loaded only if an image has to be generated, so that a repeated request succeeds after it was deleted
  if (isImageId(image)) return undefined;
  const file = decodeInlineImage(image);
  // an invalid or too large image is reported when the input images are loaded
  if (imageFileError(file, parameters.image) !== undefined) return undefined;
  if (isTransparentWebp(file)) return invalid('/image', `${TRANSPARENT_WEBP} for ${model.id}`);
  const { maskFromTransparency } = await import('../../images/mask');
  try {
    const mask = maskFromTransparency(file);
    return mask && { edit: { operation: INPAINT, mask: base64(mask) } };
  } catch {
    return invalid('/image', `${UNREADABLE} for ${model.id}`);
  }
}

/** Validates the model name. The edit determines the model, so a valid name has no effect. */
function modelErrors({ model }: JsonObject, { models, edits }: HandlerContext): FieldError[] {
  const names = [...models.names, ...edits.map(({ edit }) => edit.id)];
  return isApiModelName(model) && !names.includes(model) ? [{ pointer: '/model', detail: `must be one of ${names.join(', ')}` }] : [];
}

/** Converts the fields to a body of `POST /images/edits`. */
function standardBody(data: JsonObject, edit: JsonObject, target: AllowedEdit | undefined): JsonObject {
  const { prompt, image, n } = data;
  return { ...edit, image, prompt, count: n, ...(target && { ...extensions(data, target), outputFormat: generatedFormat(data, target) }) };
}

/** Returns the names of fields that have no effect on the edit. */
function ignoredFields(data: JsonObject, target: AllowedEdit | undefined): string[] {
  if (!target) return [];
  const isOtherModel = isApiModelName(data.model) && data.model !== target.edit.id;
  return [...ignoredExtensions(data, target), ...withoutAuto(data, 'size'), ...withoutAuto(data, 'quality'), ...(isOtherModel ? ['model'] : [])];
}
