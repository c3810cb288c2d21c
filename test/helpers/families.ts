import type { Family } from '../../src/handlers/models/families/family';
import { FAMILIES } from '../../src/handlers/models/families/family-table';
import type { ModelFamily } from '../../src/private/contract/models';

/** The families of the model catalog, loaded before the tests of a file. */
export function loadedFamilies(): Readonly<Record<ModelFamily, Family>> {
  const families = {} as Record<ModelFamily, Family>;
  beforeAll(async () => {
    for (const [name, load] of Object.entries(FAMILIES)) families[name as ModelFamily] = await load();
  });
  return families;
}
