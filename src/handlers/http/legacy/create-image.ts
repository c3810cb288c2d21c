import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import { generate } from '../../generation/generate';
import { answerContext, type RouteContext } from '../../requests/context';
import { withBytes } from '../load-image-bytes';
import type { HttpAnswer, HttpRequest } from '../request';
import { generatedAnswer } from '../responses';
import { ask } from './parse';
import { replyOf } from './replies';

/** Images for a client of an older system. */
export async function drawForLegacy(route: ConfiguredLegacyRoute, request: HttpRequest, context: RouteContext): Promise<HttpAnswer> {
  const { ports, configuration } = context;
  const { result: { prompt, made }, report } = await ask(route, request, context, async ({ wanted, caller }) => (
    { prompt: wanted.request.input.prompt, made: await generate(wanted.request, caller, ports, configuration) }
  ));
  const inline = route.reply === 'base64';
  const generated = inline ? await withBytes(made, ports) : made;
  const answer = await generatedAnswer(generated, inline, answerContext(context));
  // of a repeated request the record may hold no prompt: the client has just sent it
  return { status: 200, headers: report.headers, json: { ...replyOf(route, answer, generated), prompt, ...report.fields } };
}
