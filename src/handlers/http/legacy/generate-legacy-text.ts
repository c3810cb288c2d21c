import { inOldNames, oldFields, translate } from './fields';
import { reportIgnored } from './ignored-parameters';
import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import { TEXT_REQUEST_SCHEMA } from '../../../private/contract/requests';
import type { RouteContext } from '../../requests/context';
import type { HttpAnswer, HttpRequest } from '../request';
import { answerWithText } from '../routes/generate-text';

/** Text for a client of an older system. */
export async function writeForLegacy(route: ConfiguredLegacyRoute, request: HttpRequest, context: RouteContext): Promise<HttpAnswer> {
  const fields = oldFields(request, route);
  // every text model takes all that the contract has
  const { data, ignored } = translate(fields, route, TEXT_REQUEST_SCHEMA, () => true);
  const answer = await inOldNames(() => answerWithText(() => data, request.deadline, context), fields, route);
  const report = reportIgnored(ignored);
  return { status: 200, headers: report.headers, json: { statusCode: 200, body: answer.text, ...answer, ...report.fields } };
}
