import { useId, useRef, useState } from 'preact/hooks';
import { KeyHelp } from './key-help';
import { credentialsOf } from '../../auth/credentials';
import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { Icon } from '../../parts/icon';
import { useNow } from '../../parts/use-now';
import { type ConnectionState } from '../../stores/connection';
import { problemMessage } from '../../words/problems';
import { unreachable } from '../../words/situations';

/** Asks for the credentials of the API. The check is `GET /models`. */
export function CredentialsCard() {
  const { session, connection, formats } = usePage();
  const id = useId();
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const state = connection.state.value;
  const now = useNow(state.state === 'lost', 1000);
  const isBusy = state.state === 'connecting' && session.state.value === 'open';
  const credentials = credentialsOf(session.auth);
  const problem = missing ? `Enter the ${credentials}.` : textOf(state);

  function textOf(current: ConnectionState): string | undefined {
    if (current.state === 'failed') {
      const { title, text } = problemMessage(current.problem, { formats, credentials, hasGallery: false, hasOtherModels: false });
      return `${title}. ${text}`;
    }
    if (current.state !== 'lost') return undefined;
    const { title, text } = unreachable(Math.max(0, (current.repeatAt - now) / 1000), formats);
    return `${title}. ${text}`;
  }

  function submit(event: Event): void {
    event.preventDefault();
    const inputs = [...form.current!.querySelectorAll('input')];
    const empty = inputs.find(({ value }) => value.trim() === '');
    setMissing(empty !== undefined);
    (empty ?? inputs[0]).focus();
    if (empty) return;
    session.open(inputs.map(({ value }) => value));
    void connection.connect();
  }

  return (
    <form ref={form} class="card" aria-label="Connect" onSubmit={submit} noValidate>
      <div class="stack">
        <h1 tabIndex={-1}>{`Enter your ${nameOf(session.fields)}`}</h1>
        <p class="mute">The {credentials} opens this image API. It stays in the memory of this tab and is gone when you close or reload it.</p>
      </div>
      {session.fields.map(({ header, label }, index) => (
        <div class="field" key={header}>
          <label for={`${id}-${index}`}>{label}</label>
          <input
            id={`${id}-${index}`} class="input" type="password" autocomplete="off" spellcheck={false} autoCapitalize="off"
            aria-invalid={problem !== undefined} aria-describedby={`${id}-problem`} onInput={() => setMissing(false)}
          />
        </div>
      ))}
      <p class="error-text" id={`${id}-problem`} role="alert" hidden={problem === undefined}><Icon name="warning" />{problem}</p>
      <Button kind="primary" size="big" wide submit busy={isBusy}>{isBusy ? 'Connecting…' : 'Open the playground'}</Button>
      <KeyHelp />
    </form>
  );
}

function nameOf(fields: readonly { readonly label: string }[]): string {
  if (fields.length !== 1) return 'credentials';
  const [{ label }] = fields;
  // "API key" and the names of headers keep their letters
  return label === 'Token' ? 'token' : label;
}
