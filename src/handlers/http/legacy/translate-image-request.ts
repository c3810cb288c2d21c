import type { LegacyFields } from './legacy-fields';
import { translate, type Translation } from './translate';
import { SIZE_TARGET, type ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import { GENERATE_REQUEST_SCHEMA } from '../../../private/contract/requests';
import type { HandlerContext } from '../../requests/context';
import { isAbsent } from '../body/absent-values';

/** Translates the fields of a legacy request for images to a body of `POST /images`. */
export function translateImageRequest(fields: LegacyFields, route: ConfiguredLegacyRoute, context: HandlerContext): Translation {
  return translate(fields, route, GENERATE_REQUEST_SCHEMA, supportedFields(fields, route, context));
}

/** Returns whether the requested model supports a field. */
function supportedFields(
  { values }: LegacyFields, { parameters }: ConfiguredLegacyRoute, { models, ports }: HandlerContext,
): (target: string) => boolean {
  const [model] = Object.entries(parameters).flatMap(([name, target]) => (target === 'model' && !isAbsent(values[name]) ? values[name] : []));
  // the parser rejects an unknown model
  const supported = ((typeof model === 'string' && models.find(model)) || models.defaultModel).parameters;
  return (target) => {
    switch (target) {
      case 'model':
      case 'count': return true;
      case 'enhancePrompt': return ports.textModel !== undefined;
      case SIZE_TARGET:
      case 'width':
      case 'height': return supported.aspectRatio !== undefined || supported.size !== undefined;
      default: return target in supported;
    }
  };
}
