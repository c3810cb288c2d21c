import { API_OPERATIONS } from './api-operations';
import { BATCH_OPERATIONS } from './batch-operations';
import { EDIT_OPERATIONS } from './edit-operations';
import { IMAGE_OPERATIONS } from './image-operations';
import { legacyOperation } from './legacy-operations';
import { OPENAI_OPERATIONS } from './openai-operations';
import { TEXT_OPERATIONS } from './text-operations';
import { type DescribedApi, type DescribedRoute, type Operation } from '../described-api';

/** Operations by method and path. */
const OPERATIONS = { ...IMAGE_OPERATIONS, ...BATCH_OPERATIONS, ...EDIT_OPERATIONS, ...TEXT_OPERATIONS, ...API_OPERATIONS, ...OPENAI_OPERATIONS };

/** Returns the operation of a route. */
export function operationOf(route: DescribedRoute, api: DescribedApi): Operation {
  // Checked first, because a legacy route can have the path of a standard route that the API does not have.
  if (route.legacy !== undefined) return legacyOperation(route, route.legacy);
  return OPERATIONS[`${route.method} ${route.path}`](api);
}
