// The mutation tests run a test for many mutants: property tests have fewer runs there, and generated tests fewer models.

const FEW_RUNS = 30;
const FEW_CASES = 4;

const isMutationTest = process.env.MUTATION_TESTS !== undefined;

/** Returns the number of runs of a property test. */
export function propertyRuns(runs: number): number {
  return isMutationTest ? Math.min(runs, FEW_RUNS) : runs;
}

/** Returns the cases of generated tests: in mutation tests only a few, from the first to the last one. */
export function generatedCases<T>(cases: readonly T[]): readonly T[] {
  return isMutationTest ? cases.filter((_, index) => index % Math.ceil(cases.length / FEW_CASES) === 0) : cases;
}
