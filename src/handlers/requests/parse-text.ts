import type { FromSchema } from 'json-schema-to-ts';
import type { HandlerContext } from './context';
import { parameterErrors } from './model-parameters';
import type { AllowedText } from './model-registry';
import { rejectDenied } from './reject-denied';
import { firstErrorPerField, schemaErrors } from './validation-errors';
import { validateTextRequest } from './validators/text-request.generated';
import type { FieldError } from '../../private/contract/errors';
import type { JsonObject } from '../../private/contract/json-object';
import { GUARDED_TEXT_MAX_LENGTH, TEXT_REQUEST_SCHEMA } from '../../private/contract/requests';
import type { TextInput } from '../generation/ports';
import { invalidRequest } from '../shared/api-error';
import { characterCount } from '../shared/character-count';
import { encodingErrors } from '../shared/prompt-policy';

const MODEL_FIELDS = Object.keys(TEXT_REQUEST_SCHEMA.properties);

/** Parses the body of `POST /text`: validates it against the schema, the prompt policy and the text model, and adds defaults. */
export function parseText(raw: JsonObject, text: AllowedText, { configuration, ports }: HandlerContext): TextInput {
  const { promptPolicy } = ports;
  const data = promptPolicy.normalize(raw);
  // the first error of a field is returned, so the errors of this API and model come before those of the schema
  const fieldErrors = [...promptPolicy.fieldErrors(data), ...stopSequenceErrors(data), ...parameterErrors(data, text, MODEL_FIELDS)];
  if (configuration.policy?.guardrail) fieldErrors.push(...guardedLengthErrors(data));
  fieldErrors.push(...schemaErrors(validateTextRequest, TEXT_REQUEST_SCHEMA, data));
  if (fieldErrors.length > 0) throw invalidRequest(firstErrorPerField(fieldErrors));
  rejectDenied(data, ports);
  const body = data as FromSchema<typeof TEXT_REQUEST_SCHEMA>;
  return { ...body, maxTokens: body.maxTokens ?? TEXT_REQUEST_SCHEMA.properties.maxTokens.default };
}

function stopSequenceErrors({ stopSequences }: JsonObject): FieldError[] {
  if (!Array.isArray(stopSequences)) return [];
  return stopSequences.flatMap((value: unknown, index) => (typeof value === 'string' ? encodingErrors(`/stopSequences/${index}`, value) : []));
}

/** The guardrail checks both texts in one call. */
function guardedLengthErrors({ prompt, system }: JsonObject): FieldError[] {
  if (typeof prompt !== 'string' || typeof system !== 'string') return [];
  const length = characterCount(prompt) + characterCount(system);
  // a line break separates them
  if (length < GUARDED_TEXT_MAX_LENGTH) return [];
  return [{ pointer: '/system', detail: `must have fewer than ${GUARDED_TEXT_MAX_LENGTH} characters together with prompt, because a guardrail checks them, got ${length}` }];
}
