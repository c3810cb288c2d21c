import { Chance } from '../chance';
import { arches } from './arches';
import { Composition } from './composition';
import { facets } from './facets';
import { orbits } from './orbits';
import { ribbons } from './ribbons';
import { ridges } from './ridges';

const COMPOSITIONS: readonly Composition[] = [ridges, ribbons, orbits, arches, facets];

export function compositionFrom(chance: Chance): Composition {
  return chance.pick(COMPOSITIONS);
}
