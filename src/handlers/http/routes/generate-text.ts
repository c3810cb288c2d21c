import type { JsonObject } from '../../../private/contract/json-object';
import type { Deadlines } from '../../generation/deadlines';
import type { Clock, Guardrail, TextInput, TextModels, TextOutput } from '../../generation/ports';
import { withRetries } from '../../generation/retry';
import type { HandlerContext } from '../../requests/context';
import { parseText } from '../../requests/parse-text';
import { ApiError } from '../../shared/api-error';
import { describeCause } from '../../shared/log';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';
import { rejectIdempotencyKey } from '../request-context';

/** The generated text and the id of the model. */
export interface TextResponse extends TextOutput {
  readonly model: string;
}

/** `POST /text` */
export async function generateText(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  rejectIdempotencyKey(request);
  return { status: 200, json: await textResponse(() => jsonBody(request), request.deadlines, context) };
}

/** Generates text for the standard and the legacy routes. */
export async function textResponse(readBody: () => JsonObject, deadlines: Deadlines, context: HandlerContext): Promise<TextResponse> {
  const { ports: { textModel, guardrail, clock, log }, text } = context;
  if (!textModel || !text) throw new ApiError('NOT_FOUND', 'this API has no text model');
  const input = parseText(readBody(), text, context);
  try {
    const output = await generate(input, deadlines.response, { textModel, guardrail, clock });
    return { ...output, model: text.model.id };
  } catch (error) {
    if (error instanceof ApiError) log.error('text not generated', { model: text.model.id, code: error.code, ...describeCause(error.cause) });
    throw error;
  }
}

interface TextPorts {
  readonly textModel: TextModels;
  readonly guardrail?: Guardrail;
  readonly clock: Clock;
}

async function generate(input: TextInput, deadline: number, { textModel, guardrail, clock }: TextPorts): Promise<TextOutput> {
  await guardrail?.checkInput([input.system, input.prompt].flatMap((words) => words ?? []).join('\n'), [], deadline);
  const output = await withRetries(() => textModel.generate(input, deadline), deadline, clock);
  await guardrail?.checkText(output.text, deadline);
  return output;
}
