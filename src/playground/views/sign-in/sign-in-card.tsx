import { type UserSession } from '../../auth/session';
import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { Icon } from '../../parts/icon';
import { SIGN_IN, SIGN_IN_PROBLEMS, SIGNING_IN, signInText } from '../../words/sign-in';

export interface SignInCardProps {
  readonly userSession: UserSession;
}

/** Signs in with the sign-in page of the user pool. */
export function SignInCard({ userSession: { isBusy, problem, signIn } }: SignInCardProps) {
  const { configuration, session } = usePage();
  const { title, text } = signInText(configuration.name, session.state.value === 'rejected');
  const failed = problem.value && SIGN_IN_PROBLEMS[problem.value];
  return (
    <section class="card" aria-label={SIGN_IN}>
      <div class="stack">
        <h1 tabIndex={-1}>{title}</h1>
        <p class="mute">{text}</p>
      </div>
      <p class="error-text" role="alert" hidden={!failed}><Icon name="warning" />{failed && `${failed.title}. ${failed.text}`}</p>
      <Button kind="primary" size="big" wide busy={isBusy.value} onClick={() => void signIn()}>{isBusy.value ? SIGNING_IN : SIGN_IN}</Button>
    </section>
  );
}
