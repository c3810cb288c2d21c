/** A mutant that no test can detect, because the program does the same with it. */
export interface AcceptedMutant {
  /** In src/handlers. */
  readonly file: string;
  /** The line with the mutation, as the report shows it. */
  readonly mutated: string;
  /** Why the program does the same. */
  readonly reason: string;
}

/** The report of the mutation tests shows the reason beside each of these mutants, and lists the others as not explained. */
export const ACCEPTED_MUTANTS: readonly AcceptedMutant[] = [
];
