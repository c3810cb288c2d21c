/** The least number of runs. */
const FEW_RUNS = 30;

/** Returns the number of runs of a property test. The mutation tests run each property for many mutants, with fewer runs. */
export function propertyRuns(runs: number): number {
  return process.env.MUTATION_TESTS === undefined ? runs : Math.min(runs, FEW_RUNS);
}
