import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import { GENERATE_REQUEST_SCHEMA } from '../../../private/contract/requests';
import { generatedAnswer } from '../answers';
import { callerOf } from '../caller';
import { parseGenerate } from '../generate-request';
import type { HttpAnswer, HttpRequest } from '../request';
import { answerContext, type RouteContext } from '../route';
import { inOldNames, isUnfilled, oldFields, translate, type OldFields } from './fields';
import { reportIgnored } from './ignored';
import { replyOf } from './replies';
import { generate } from '../../generation/generate';
import { withBytes } from '../with-bytes';

/** Images for a client of an older system. */
export async function drawForLegacy(route: ConfiguredLegacyRoute, request: HttpRequest, context: RouteContext): Promise<HttpAnswer> {
  const fields = oldFields(request, route);
  const { data, ignored } = translate(fields, route, GENERATE_REQUEST_SCHEMA, honoured(fields, route, context));
  const caller = callerOf(request);
  const made = await inOldNames(async () => {
    const wanted = parseGenerate(data, request.owner, context).request;
    return { prompt: wanted.input.prompt, generated: await generate(wanted, caller, context.ports, context.configuration) };
  }, fields, route);

  const inline = route.reply === 'base64';
  const generated = inline ? await withBytes(made.generated, context.ports) : made.generated;
  const answer = await generatedAnswer(generated, inline, answerContext(context));
  const report = reportIgnored(ignored);
  // of a repeated request the record may hold no prompt: the client has just sent it
  return { status: 200, headers: report.headers, json: { ...replyOf(route, answer, generated), prompt: made.prompt, ...report.fields } };
}

/** Whether the model that is asked can honour a parameter of ours, whatever its value. */
function honoured({ values }: OldFields, { parameters }: ConfiguredLegacyRoute, { models, ports }: RouteContext): (ours: string) => boolean {
  const [model] = Object.entries(parameters).flatMap(([name, ours]) => (ours === 'model' && !isUnfilled(values[name]) ? values[name] : []));
  // a model that is not there is refused later
  const taken = ((typeof model === 'string' && models.find(model)) || models.standard).parameters;
  return (ours) => {
    switch (ours) {
      case 'model':
      case 'count': return true;
      case 'enhancePrompt': return ports.texts !== undefined;
      case 'width':
      case 'height': return taken.aspectRatio !== undefined || taken.size !== undefined;
      default: return ours in taken;
    }
  };
}
