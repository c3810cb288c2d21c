import type { FromSchema } from 'json-schema-to-ts';
import { respondWithImages } from './create-images';
import { EDIT_REQUEST_SCHEMA } from '../../../private/contract/requests';
import type { GenerateRequest } from '../../generation/types';
import { hasUploads, imageSources, type HandlerContext } from '../../requests/context';
import { inputImageErrors, loadInputImages } from '../../requests/input-images';
import { parameterErrors } from '../../requests/model-parameters';
import type { AllowedEdit } from '../../requests/model-registry';
import { parsedRequest, type ParsedRequest } from '../../requests/parsed-request';
import { fieldErrorsOf, firstOfEach } from '../../requests/validation-errors';
import { validateEditRequest } from '../../requests/validators/validators.generated';
import { invalidRequest } from '../../shared/errors';
import { formBody, isForm } from '../multipart';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';

type EditBody = FromSchema<typeof EDIT_REQUEST_SCHEMA>;
type Data = Readonly<Record<string, unknown>>;

/** Fields that say what to do and how to answer, not what to ask of the model. */
const OURS = ['operation', 'count', 'response'];
const PARAMETERS = Object.keys(EDIT_REQUEST_SCHEMA.properties).filter((field) => !OURS.includes(field));

/** `POST /images/edits` */
export async function editImages(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const body = isForm(request) ? await formBody(request, EDIT_REQUEST_SCHEMA) : jsonBody(request);
  return respondWithImages(request, context, body, (data) => parseEdit(data, request.owner, context));
}

/** Checks the fields of an edit completely and completes them. */
export function parseEdit(raw: Data, owner: string, context: HandlerContext): ParsedRequest {
  const { edits, promptPolicy } = context;
  const data = promptPolicy.normalize(raw);
  const target = edits.find(({ edit }) => edit.operation === data.operation);
  // the first of a field is told: what holds for this API and operation before what holds for any
  const faults = [
    ...promptPolicy.fieldErrors(data), ...(target ? parameterErrors(data, target, PARAMETERS) : []), ...inputImageErrors(data, hasUploads(context)),
  ];
  if (!target) faults.push({ pointer: '/operation', detail: `must be one of ${edits.map(({ edit }) => edit.operation).join(', ')}` });
  if (!validateEditRequest(data)) faults.push(...fieldErrorsOf(validateEditRequest.errors ?? [], EDIT_REQUEST_SCHEMA, data));
  if (!target || faults.length > 0) throw invalidRequest(firstOfEach(faults));
  promptPolicy.refuseDenied(data);
  return complete(data as EditBody, target, () => loadInputImages(data, target, imageSources(owner, context)));
}

function complete(body: EditBody, target: AllowedEdit, loadInputImages: GenerateRequest['loadInputImages']): ParsedRequest {
  const { operation, count, response, seed, outputFormat, image, mask, styleImage, ...asked } = body;
  return parsedRequest(body, target, asked, { operation, loadInputImages });
}
