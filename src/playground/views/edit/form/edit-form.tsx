import { EditFields } from './edit-fields';
import { EditNote } from './edit-note';
import { OperationBar } from './operations';
import { useApply } from './use-apply';
import { Button } from '../../../parts/button';
import { usePage, useWorkspace } from '../../../parts/context';
import { takesAbout } from '../../../words/editor';
import { operationWords } from '../../../words/operations';
import { useEditor } from '../use-editor';

/** The settings of the operation, at the right of wide windows and below the image of narrow ones. */
export function EditForm() {
  const editor = useEditor();
  const { formats } = usePage();
  const { expectedSeconds } = useWorkspace();
  const { title, hint } = operationWords(editor.edit.value);
  const { label, price, onSubmit, onKeyDown } = useApply();
  return (
    <form class="side" aria-label="Settings of the edit" noValidate onSubmit={onSubmit} onKeyDown={onKeyDown}>
      <div class="scroll">
        <OperationBar />
        <div class="only-desk"><h2 class="plain">{title}</h2><p class="hint">{hint} {takesAbout(expectedSeconds(editor.edit.value), formats)}</p></div>
        <EditFields />
      </div>
      <div class="go">
        <EditNote />
        <Button kind="primary" size="big" wide submit busy={editor.isPreparing.value}>
          <span>{label}</span>
          {price !== undefined && <span class="price num">{price}</span>}
        </Button>
      </div>
    </form>
  );
}
