import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { Dialog } from '../../parts/dialog';
import { clipboardBlocked } from '../../words/situations';

/** Shows a text that the browser refused to copy. */
export function CopyDialog() {
  const { copyBlocked } = usePage();
  const text = copyBlocked.value;
  if (text === undefined) return null;
  const close = () => { copyBlocked.value = undefined; };
  const message = clipboardBlocked();
  return (
    <Dialog label={message.title} onClose={close}>
      <div class="card">
        <h1 class="plain">{message.title}</h1>
        <p>{message.text}</p>
        <textarea class="input" readOnly rows={4} aria-label="Text to copy" value={text} onFocus={(event) => event.currentTarget.select()} />
        <div class="end"><Button onClick={close}>Close</Button></div>
      </div>
    </Dialog>
  );
}
