/** What the page says about signing in and out. */
import { type Message, message } from './message';
import { type SignInProblem } from '../auth/sign-in-error';

export const SIGN_IN = 'Sign in';
export const SIGNING_IN = 'Signing in…';
export const SIGN_OUT = 'Sign out';

/** The card with the button. `hasEnded`: the user was signed in before. */
export function signInText(name: string, hasEnded: boolean): Message {
  return hasEnded
    ? message('Your session has ended', 'Sign in again. Your prompt is kept, and your images are in the gallery.', 'signIn')
    : message(`Sign in to ${name}`, 'The sign-in page opens, and then this page again. You stay signed in until you close or reload this tab.', 'signIn');
}

/** Who is signed in. */
export function signedInAs(user: string): string {
  return `Signed in as ${user}`;
}

/** Why a sign-in has not succeeded. The button is below the text. */
export const SIGN_IN_PROBLEMS: Readonly<Record<SignInProblem, Message>> = {
  denied: message('You are not signed in', 'The sign-in was cancelled, or your account has no access.', 'signIn'),
  refused: message('The sign-in page refused this application', 'Its operator has to check the app client of this page.', 'signIn'),
  notStarted: message('This sign-in was not started in this tab', 'It may have been opened from a link, or was completed before. Sign in here.', 'signIn'),
  mismatch: message('This sign-in does not belong to this tab', 'Another sign-in was started after it, or a link opened it. Nothing was signed in.', 'signIn'),
  expired: message('The sign-in took too long', 'It is valid for a few minutes, and once. Sign in again.', 'signIn'),
  invalid: message('The sign-in could not be verified', 'Its answer is not for this page, or the clock of this device is wrong.', 'signIn'),
  unreachable: message('The sign-in does not answer', 'Check the connection, and sign in again.', 'signIn'),
  storage: message('The browser blocks the storage of this page', 'The sign-in needs it until you are back. Allow it for this page.', 'signIn'),
};
