import { type TargetedSubmitEvent } from 'preact';
import { useId, useState } from 'preact/hooks';
import { KeyHelp } from './key-help';
import { credentialsOf } from '../../auth/credentials';
import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { Icon } from '../../parts/icon';
import { useConnectionProblem } from '../../parts/use-connection-problem';

/** Asks for the credentials of the API. The check is `GET /models`. */
export function CredentialsCard() {
  const { session, connection } = usePage();
  const id = useId();
  const [missing, setMissing] = useState(false);
  const connectionProblem = useConnectionProblem();
  const isBusy = connection.state.value.state === 'connecting' && session.state.value === 'open';
  const credentials = credentialsOf(session.auth);
  const problem = missing ? `Enter the ${credentials}.` : connectionProblem && `${connectionProblem.title}. ${connectionProblem.text}`;
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const inputs = [...event.currentTarget.querySelectorAll('input')];
    const empty = inputs.find(({ value }) => value.trim() === '');
    setMissing(empty !== undefined);
    (empty ?? inputs[0]).focus();
    if (empty) return;
    session.open(inputs.map(({ value }) => value));
    void connection.connect();
  };
  return (
    <form class="card" aria-label="Connect" onSubmit={submit} noValidate>
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
