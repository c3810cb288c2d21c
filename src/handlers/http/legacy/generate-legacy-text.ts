import { inOldNames, legacyFields, translate } from './fields';
import { reportIgnored } from './ignored-parameters';
import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import { TEXT_REQUEST_SCHEMA } from '../../../private/contract/requests';
import type { HandlerContext } from '../../requests/context';
import type { HttpResponse, HttpRequest } from '../request';
import { textResponse } from '../routes/generate-text';

/** Text for a client of an older system. */
export async function generateLegacyText(route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const fields = legacyFields(request, route);
  // every text model takes all that the contract has
  const { data, ignored } = translate(fields, route, TEXT_REQUEST_SCHEMA, () => true);
  const answer = await inOldNames(() => textResponse(() => data, request.deadline, context), fields, route);
  const report = reportIgnored(ignored);
  return { status: 200, headers: report.headers, json: { statusCode: 200, body: answer.text, ...answer, ...report.fields } };
}
