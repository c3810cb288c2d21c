import { usePage } from '../../parts/context';
import { Icon } from '../../parts/icon';

/** Says where an API key is found. Nothing for other credentials, which the page does not know. */
export function KeyHelp() {
  const { session } = usePage();
  if (session.auth.type !== 'apiKey') return null;
  return (
    <details class="more">
      <summary><Icon name="right" />Where do I find the key?</summary>
      <div class="stack help">
        <p class="hint">Whoever runs this API can list its keys with the AWS CLI:</p>
        <pre class="code" tabIndex={0}>aws apigateway get-api-keys --include-values</pre>
        <p class="hint">On your own machine, <code>npm run local</code> prints it.</p>
      </div>
    </details>
  );
}
