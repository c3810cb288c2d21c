import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import { generate } from '../../generation/generate';
import { responseContext, type HandlerContext } from '../../requests/context';
import { loadImageBytes } from '../load-image-bytes';
import type { HttpResponse, HttpRequest } from '../request';
import { generationResponse } from '../responses';
import { parseAndRun } from './parse';
import { replyOf } from './replies';

/** Images for a client of an older system. */
export async function createLegacyImage(route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { ports, configuration } = context;
  const { result: { prompt, made }, report } = await parseAndRun(route, request, context, async ({ wanted, caller }) => (
    { prompt: wanted.request.input.prompt, made: await generate(wanted.request, caller, ports, configuration) }
  ));
  const inline = route.reply === 'base64';
  const generated = inline ? await loadImageBytes(made, ports) : made;
  const answer = await generationResponse(generated, inline, responseContext(context));
  // of a repeated request the record may hold no prompt: the client has just sent it
  return { status: 200, headers: report.headers, json: { ...replyOf(route, answer, generated), prompt, ...report.fields } };
}
