import type { JsonObject } from '../../../private/contract/json-object';
import type { Clock, Guardrail, TextInput, TextModels, TextOutput } from '../../generation/ports';
import { withRetries } from '../../generation/retry';
import { maxTextCost } from '../../generation/spend/prices';
import type { HandlerContext } from '../../requests/context';
import { parseText } from '../../requests/parse-text';
import { ApiError } from '../../shared/api-error';
import { describeCause } from '../../shared/log';
import { rejectIdempotencyKey } from '../caller';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';

/** The generated text and the id of the model. */
export interface TextResponse extends TextOutput {
  readonly model: string;
}

/** `POST /text` */
export async function generateText(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  rejectIdempotencyKey(request);
  return { status: 200, json: await textResponse(() => jsonBody(request), request, context) };
}

/** Generates text for the standard and the legacy routes. */
export async function textResponse(
  readBody: () => JsonObject, { owner, deadlines: { response: deadline } }: Pick<HttpRequest, 'owner' | 'deadlines'>, context: HandlerContext,
): Promise<TextResponse> {
  const { ports: { textModel, guardrail, clock, log, budget, spending, measurements }, text } = context;
  if (!textModel || !text) throw new ApiError('NOT_FOUND', 'this API has no text model');
  measurements.describe({ model: text.model.id });
  const input = parseText(readBody(), text, context);
  const reservation = budget && await budget.reserve(owner, text.price ? maxTextCost(input, text.price) : 0, deadline);
  try {
    const output = await generate(input, deadline, { textModel, guardrail, clock });
    return { ...output, model: text.model.id };
  } catch (error) {
    if (error instanceof ApiError) log.error('text not generated', { model: text.model.id, code: error.code, ...describeCause(error.cause) });
    throw error;
  } finally {
    if (reservation) await budget?.settle(owner, reservation, spending.chargedMicroUsd, deadline);
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
