import { type FakesState } from '../fakes/control';
import { type Bundle } from '../setup/bundles';

/** A kind of request, and what it must lead to. */
export interface Scenario {
  readonly event: object;
  /**
   * The sizes of the image that the model returns. `small` if a larger one is not supported: the response contains the image, which Lambda
   * limits to 6 MB, or a guardrail checks it, which is limited to 4 MB.
   */
  readonly images: 'none' | 'small' | 'all';
  /** Throws if the last response, or what the fakes received for all requests, is not correct. */
  check(response: string, state: FakesState, requests: number): void;
}

/** A row of the table: a function with a kind of request. */
export interface Row {
  readonly name: string;
  /** The row of the empty function of the same runtime. */
  readonly empty: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly code: Bundle;
  readonly scenario: Scenario;
}
