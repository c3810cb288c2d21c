import { Button } from '../parts/button';
import { usePage } from '../parts/context';
import { Icon } from '../parts/icon';
import { useConnectionProblem } from '../parts/use-connection-problem';
import { useNow } from '../parts/use-now';
import { SIGN_OUT } from '../words/sign-in';
import { connecting, CONNECTING_AFTER_SECONDS } from '../words/situations';

/** The shape of the form until the API responds, or why it does not. */
export function ConnectingView() {
  const { connection, session } = usePage();
  const state = connection.state.value;
  const now = useNow(true, 1000);
  const problem = useConnectionProblem();
  if (problem) {
    return (
      <main class="centered" id="main">
        <div class="card" role="alert">
          <div class="stack"><Icon name="offline" /><h1>{problem.title}</h1><p class="mute num">{problem.text}</p></div>
          <Button kind="primary" onClick={() => void connection.connect()}>Try now</Button>
          {session.userSession && <Button onClick={() => void session.userSession!.signOut()}>{SIGN_OUT}</Button>}
        </div>
      </main>
    );
  }
  const isSlow = state.state === 'connecting' && now - state.since > CONNECTING_AFTER_SECONDS * 1000;
  const { title, text } = connecting();
  return (
    <main class="create" id="main" aria-busy="true">
      <div class="composer"><div class="scroll skeleton"><i class="block tall" /><i class="block" /><i class="block" /><i class="block" /></div></div>
      <div class="stage"><div class="empty" role="status"><h1 class={isSlow ? undefined : 'vh'}>{title}</h1>{isSlow && <p>{text}</p>}</div></div>
    </main>
  );
}
