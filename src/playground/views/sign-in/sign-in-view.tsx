import { useEffect } from 'preact/hooks';
import { CredentialsCard } from './credentials-card';
import { SignInCard } from './sign-in-card';
import { usePage } from '../../parts/context';
import { Dialog } from '../../parts/dialog';
import { SIGN_IN } from '../../words/sign-in';

/** The first screen without credentials. */
export function SignInView() {
  const { configuration } = usePage();
  useEffect(() => { document.title = configuration.name; }, []);
  return <main id="main" class="centered"><Card /></main>;
}

/** The same card above the page, when the API rejects the credentials later. The draft and the images stay. */
export function SignInDialog() {
  const { session } = usePage();
  return <Dialog label={session.userSession ? SIGN_IN : 'Enter other credentials'} stays onClose={() => undefined}><Card /></Dialog>;
}

function Card() {
  const { session: { userSession } } = usePage();
  return userSession ? <SignInCard userSession={userSession} /> : <CredentialsCard />;
}
