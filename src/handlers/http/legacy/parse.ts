import { inOldNames, isUnfilled, legacyFields, translate, type Data, type LegacyFields } from './fields';
import { reportIgnored, type IgnoredReport } from './ignored-parameters';
import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import { SIZE_TARGET } from '../../../private/contract/configuration';
import { GENERATE_REQUEST_SCHEMA } from '../../../private/contract/requests';
import type { RequestContext } from '../../generation/types';
import type { HandlerContext } from '../../requests/context';
import { parseGenerate } from '../../requests/parse-generate';
import type { ParsedRequest } from '../../requests/parsed-request';
import { requestContext } from '../idempotency-key';
import type { HttpRequest } from '../request';

/** What a client of an older system wants, as one of `POST /images` would have said it. */
export interface LegacyRequest {
  readonly wanted: ParsedRequest;
  readonly caller: RequestContext;
  readonly data: Data;
}

/** Does what a client of an older system asks for images; faults are told by the names that it knows. */
export async function parseAndRun<T>(
  route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext, act: (asked: LegacyRequest) => Promise<T>,
): Promise<{ readonly result: T; readonly report: IgnoredReport }> {
  const fields = legacyFields(request, route);
  const { data, ignored } = translate(fields, route, GENERATE_REQUEST_SCHEMA, honoured(fields, route, context));
  const caller = requestContext(request);
  const result = await inOldNames(async () => act({ wanted: parseGenerate(data, request.owner, context), caller, data }), fields, route);
  return { result, report: reportIgnored(ignored) };
}

/** Whether the model that is asked can honour a parameter of ours, whatever its value. */
function honoured({ values }: LegacyFields, { parameters }: ConfiguredLegacyRoute, { models, ports }: HandlerContext): (ours: string) => boolean {
  const [model] = Object.entries(parameters).flatMap(([name, ours]) => (ours === 'model' && !isUnfilled(values[name]) ? values[name] : []));
  // a model that is not there is refused later
  const taken = ((typeof model === 'string' && models.find(model)) || models.standard).parameters;
  return (ours) => {
    switch (ours) {
      case 'model':
      case 'count': return true;
      case 'enhancePrompt': return ports.texts !== undefined;
      case SIZE_TARGET:
      case 'width':
      case 'height': return taken.aspectRatio !== undefined || taken.size !== undefined;
      default: return ours in taken;
    }
  };
}
