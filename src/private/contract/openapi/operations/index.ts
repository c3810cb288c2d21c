import { BATCH_OPERATIONS } from './batches';
import { EDIT_OPERATIONS } from './edits';
import { IMAGE_OPERATIONS } from './images';
import { legacyOperation } from './legacy';
import { OPENAI_OPERATIONS } from './openai';
import { OTHER_OPERATIONS } from './others';
import { DescribedApi, DescribedRoute, Operation } from '../types';

/** By method and path; another set of routes is another line. */
const OPERATIONS = { ...IMAGE_OPERATIONS, ...BATCH_OPERATIONS, ...EDIT_OPERATIONS, ...OTHER_OPERATIONS, ...OPENAI_OPERATIONS };

export function operationOf(route: DescribedRoute, api: DescribedApi): Operation {
  // first: it can have the path of one of ours, which then is not there
  if (route.legacy !== undefined) return legacyOperation(route, route.legacy);
  return OPERATIONS[`${route.method} ${route.path}`](api);
}
