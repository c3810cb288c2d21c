import { withLegacyNames } from './error-names';
import { reportIgnored } from '../ignored-parameters';
import { legacyFields } from './legacy-fields';
import { translate } from './translate';
import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import { TEXT_REQUEST_SCHEMA } from '../../../private/contract/requests';
import type { HandlerContext } from '../../requests/context';
import { rejectIdempotencyKey } from '../caller';
import type { HttpResponse, HttpRequest } from '../request';
import { textResponse } from '../routes/generate-text';

/** Generates text for a legacy route. */
export async function generateLegacyText(route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  rejectIdempotencyKey(request);
  const fields = legacyFields(request, route);
  // all text models support all fields of the schema
  const { data, ignored } = translate(fields, route, TEXT_REQUEST_SCHEMA, () => true);
  const response = await withLegacyNames(fields, route, () => textResponse(() => data, request, context));
  const report = reportIgnored(ignored);
  return { status: 200, headers: report.headers, json: { statusCode: 200, body: response.text, ...response, ...report.fields } };
}
