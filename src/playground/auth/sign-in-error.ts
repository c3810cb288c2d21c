/**
 * Why a sign-in has not succeeded:
 * - `denied`: the user cancelled it, or the user pool has no access for this user
 * - `refused`: the user pool refused the request of this page
 * - `notStarted`: this tab has not started it, or its data was lost
 * - `mismatch`: it belongs to another sign-in
 * - `expired`: its code was used, or is too old
 * - `invalid`: the tokens are not those that the page requested
 * - `unreachable`: the user pool does not respond
 * - `storage`: the browser blocks the storage of the page
 */
export type SignInProblem = 'denied' | 'refused' | 'notStarted' | 'mismatch' | 'expired' | 'invalid' | 'unreachable' | 'storage';

export class SignInError extends Error {
  constructor(public readonly problem: SignInProblem) {
    super(`sign-in failed: ${problem}`);
    this.name = 'SignInError';
  }
}
