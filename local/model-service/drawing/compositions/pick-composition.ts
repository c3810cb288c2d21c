import { type SeededRandom } from '../seeded-random';
import { arches } from './arches';
import { type Composition } from './composition';
import { facets } from './facets';
import { orbits } from './orbits';
import { ribbons } from './ribbons';
import { ridges } from './ridges';

const COMPOSITIONS: readonly Composition[] = [ridges, ribbons, orbits, arches, facets];

/** Selects a composition. */
export function compositionFrom(random: SeededRandom): Composition {
  return random.pick(COMPOSITIONS);
}
