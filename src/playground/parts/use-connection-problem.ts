import { usePage } from './context';
import { useNow } from './use-now';
import { credentialsOf } from '../auth/credentials';
import { type Message } from '../words/message';
import { problemMessage } from '../words/problems';
import { unreachable } from '../words/situations';

/** Returns why the page is not connected, if it has tried. */
export function useConnectionProblem(): Message | undefined {
  const { session, connection, formats } = usePage();
  const state = connection.state.value;
  const now = useNow(state.state === 'lost', 1000);
  switch (state.state) {
    case 'lost': return unreachable(Math.max(0, (state.repeatAt - now) / 1000), formats);
    case 'failed': return problemMessage(state.problem, { formats, credentials: credentialsOf(session.auth), hasGallery: false, hasOtherModels: false });
    default: return undefined;
  }
}
