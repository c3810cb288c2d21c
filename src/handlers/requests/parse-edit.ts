import type { FromSchema } from 'json-schema-to-ts';
import { hasUploads, type HandlerContext } from './context';
import { inputImageErrors, inputImagesOf } from './input-images';
import { parameterErrors } from './model-parameters';
import { parsedRequest, type ParsedRequest, type ParseOptions } from './parsed-request';
import { rejectDenied } from './reject-denied';
import { firstErrorPerField, schemaErrors } from './validation-errors';
import { validateEditRequest } from './validators/edit-request.generated';
import type { JsonObject } from '../../private/contract/json-object';
import { EDIT_REQUEST_SCHEMA } from '../../private/contract/requests';
import { invalidRequest } from '../shared/api-error';

type EditBody = FromSchema<typeof EDIT_REQUEST_SCHEMA>;

/** Fields that are not passed to the model. */
const API_FIELDS = ['operation', 'count', 'response'];
const MODEL_FIELDS = Object.keys(EDIT_REQUEST_SCHEMA.properties).filter((field) => !API_FIELDS.includes(field));

/** Parses the body of `POST /images/edits`: validates it against the schema, the prompt policy and the edit, and adds defaults. */
export function parseEdit(raw: JsonObject, context: HandlerContext, options?: ParseOptions): ParsedRequest {
  const { edits, ports: { promptPolicy } } = context;
  const data = promptPolicy.normalize(raw);
  const target = edits.find(({ edit }) => edit.operation === data.operation);
  // the first error of a field is returned, so the errors of this API and operation come before those of the schema
  const fieldErrors = [
    ...promptPolicy.fieldErrors(data), ...(target ? parameterErrors(data, target, MODEL_FIELDS) : []), ...inputImageErrors(data, hasUploads(context)),
  ];
  if (!target) fieldErrors.push({ pointer: '/operation', detail: `must be one of ${edits.map(({ edit }) => edit.operation).join(', ')}` });
  fieldErrors.push(...schemaErrors(validateEditRequest, EDIT_REQUEST_SCHEMA, data));
  if (!target || fieldErrors.length > 0) throw invalidRequest(firstErrorPerField(fieldErrors));
  rejectDenied(data, context.ports);
  const body = data as EditBody;
  const { operation, count, response, seed, outputFormat, image, mask, styleImage, ...input } = body;
  return parsedRequest(body, target, input, {
    ...options,
    operation,
    inputImages: inputImagesOf(data, target),
  });
}
