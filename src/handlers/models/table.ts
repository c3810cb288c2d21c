import type { Family } from './family';
import { stabilityV2 } from './stability-v2';
import type { ModelFamily } from '../../private/contract/models';

/** Each family of the catalog and how to talk to it. */
export const FAMILIES: Readonly<Record<ModelFamily, Family>> = {
  'stability-v2': stabilityV2,
};
