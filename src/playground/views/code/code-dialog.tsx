import { CodeBlock } from './code-block';
import { type JsonObject } from '../../../private/contract/json-object';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';

/** The request of a run as code. */
export function CodeDialog({ body, onClose }: { readonly body: JsonObject; readonly onClose: () => void }) {
  return (
    <Dialog label="Code" onClose={onClose}>
      <div class="card code-card">
        <h1 class="plain">This run as code</h1>
        <CodeBlock body={body} label="Request of the first image" />
        <div class="end"><Button onClick={onClose}>Close</Button></div>
      </div>
    </Dialog>
  );
}
