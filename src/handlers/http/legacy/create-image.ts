import { withLegacyNames } from './error-names';
import { reportIgnored } from '../ignored-parameters';
import { legacyFields } from './legacy-fields';
import { replyOf } from './replies';
import { translateImageRequest } from './translate-image-request';
import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import { IdempotentGenerator } from '../../generation/idempotent-generator';
import type { HandlerContext } from '../../requests/context';
import { parseGenerate } from '../../requests/parse-generate';
import { callerOf } from '../caller';
import { generationResponse, responseContext } from '../image-responses';
import { loadImageBytes } from '../load-image-bytes';
import type { HttpResponse, HttpRequest } from '../request';

/** Generates images for a legacy route. */
export async function createLegacyImage(route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { ports, configuration } = context;
  const fields = legacyFields(request, route);
  const { data, ignored } = translateImageRequest(fields, route, context);
  const caller = callerOf(request);
  const { prompt, generated } = await withLegacyNames(fields, route, async () => {
    const parsed = parseGenerate(data, context);
    return { prompt: parsed.request.input.prompt, generated: await new IdempotentGenerator(ports, configuration).generate(parsed.request, caller) };
  });
  const inline = route.reply === 'base64';
  const result = inline ? await loadImageBytes(generated, ports) : generated;
  const response = await generationResponse(result, inline, responseContext(context));
  const report = reportIgnored(ignored);
  // the prompt is from the request, because the record may not store it
  return { status: 200, headers: report.headers, json: { ...replyOf(route, response, result), prompt, ...report.fields } };
}
