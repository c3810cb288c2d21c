import type { FromSchema } from 'json-schema-to-ts';
import { TEXT_REQUEST_SCHEMA } from '../../../private/contract/requests';
import { finishDeadline } from '../../generation/deadlines';
import type { Clock, Guardrail, TextInput, TextModels, TextOutput } from '../../generation/ports';
import { withRetries } from '../../generation/retry';
import type { HandlerContext } from '../../requests/context';
import { parameterErrors } from '../../requests/model-parameters';
import type { AllowedText } from '../../requests/model-registry';
import { fieldErrorsOf, firstOfEach } from '../../requests/validation-errors';
import { validateTextRequest } from '../../requests/validators/validators.generated';
import { ApiError, invalidRequest } from '../../shared/errors';
import { describeCause } from '../../shared/log';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';

type Data = Readonly<Record<string, unknown>>;

const PARAMETERS = Object.keys(TEXT_REQUEST_SCHEMA.properties);

/** What a client is told: the text, and by which model. */
export interface TextResponse extends TextOutput {
  readonly model: string;
}

/** `POST /text` */
export async function generateText(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  return { status: 200, json: await textResponse(() => jsonBody(request), request.deadline, context) };
}

/** What all routes that write text have in common. */
export async function textResponse(read: () => Data, deadline: number, context: HandlerContext): Promise<TextResponse> {
  const { ports: { texts, guard, clock, log }, text } = context;
  if (!texts || !text) throw new ApiError('NOT_FOUND', 'this API has no text model');
  const asked = parseText(read(), text, context);
  try {
    const answer = await write(asked, finishDeadline(deadline), { texts, guard, clock });
    return { ...answer, model: text.model.id };
  } catch (error) {
    const secrets = [asked.prompt, asked.system, ...asked.stopSequences ?? []].flatMap((words) => words ?? []);
    if (error instanceof ApiError) log.error('text not written', { model: text.model.id, code: error.code, ...describeCause(error.cause, secrets) });
    throw error;
  }
}

function parseText(raw: Data, text: AllowedText, { promptPolicy }: HandlerContext): TextInput {
  const data = promptPolicy.normalize(raw);
  // the first of a field is told: what holds for this API and model before what holds for any
  const faults = [...promptPolicy.fieldErrors(data), ...parameterErrors(data, text, PARAMETERS)];
  if (!validateTextRequest(data)) faults.push(...fieldErrorsOf(validateTextRequest.errors ?? [], TEXT_REQUEST_SCHEMA, data));
  if (faults.length > 0) throw invalidRequest(firstOfEach(faults));
  promptPolicy.refuseDenied(data);
  const body = data as FromSchema<typeof TEXT_REQUEST_SCHEMA>;
  return { ...body, maxTokens: body.maxTokens ?? TEXT_REQUEST_SCHEMA.properties.maxTokens.default };
}

interface WritePorts {
  readonly texts: TextModels;
  readonly guard?: Guardrail;
  readonly clock: Clock;
}

async function write(asked: TextInput, until: number, { texts, guard, clock }: WritePorts): Promise<TextOutput> {
  await guard?.checkInput([asked.system, asked.prompt].flatMap((words) => words ?? []).join('\n'), [], until);
  const answer = await withRetries(() => texts.generate(asked, until), until, clock);
  await guard?.checkText(answer.text, until);
  return answer;
}
