import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../button';
import { usePage, useWorkspace } from '../context';
import { Dialog } from '../dialog';

export interface DeleteDialogProps {
  /** Ids of the records. */
  readonly ids: readonly string[];
  /** Number of files: a record can have several. */
  readonly files: number;
  readonly onClose: (isDeleted: boolean) => void;
}

/** Asks before images are deleted. The focus is on Cancel. */
export function DeleteDialog({ ids, files, onClose }: DeleteDialogProps) {
  const { gallery, notices } = usePage();
  const { runs } = useWorkspace();
  const [state, setState] = useState<'asking' | 'busy' | 'failed'>('asking');
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  const title = files === 1 ? 'Delete this image?' : `Delete ${files} images?`;

  async function remove(): Promise<void> {
    setState('busy');
    const { deleted, failed } = await gallery.remove(ids);
    deleted.forEach((id) => runs.deleted(id));
    if (failed.length > 0) {
      setState('failed');
      return;
    }
    notices.show(deleted.length === 1 ? 'Deleted' : `${deleted.length} deleted`);
    onClose(true);
  }
  return (
    <Dialog label={title} onClose={() => onClose(false)}>
      <div class="card">
        <h1 class="plain">{title}</h1>
        <p>This cannot be undone.{files > ids.length && ids.length === 1 && ` One request generated all ${files}, so they are deleted together.`}</p>
        {state === 'failed' && <p class="error-text" role="alert">Some images could not be deleted. An image that is being generated can be deleted when it is ready.</p>}
        <div class="end">
          <Button buttonRef={cancel} onClick={() => onClose(false)}>Cancel</Button>
          <Button kind="danger" icon="trash" busy={state === 'busy'} onClick={() => { if (state !== 'busy') void remove(); }}>Delete</Button>
        </div>
      </div>
    </Dialog>
  );
}
