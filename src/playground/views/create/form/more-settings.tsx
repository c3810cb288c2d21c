import { DraftField } from './draft-field';
import { type Field } from '../../../models/form';
import { Button } from '../../../parts/button';
import { useWorkspace } from '../../../parts/context';
import { Icon } from '../../../parts/icon';

/** The settings that most images do not need. */
export function MoreSettings({ fields }: { readonly fields: readonly Field[] }) {
  const { draft } = useWorkspace();
  const changed = draft.moreChanged.value;
  if (fields.length === 0) return null;
  return (
    <details class="more">
      <summary><Icon name="right" />More settings{changed > 0 && <span class="badge num">{changed} changed</span>}</summary>
      <div class="more-fields">
        {fields.map((field) => <DraftField key={field.name} field={field} />)}
        {changed > 0 && <Button kind="ghost" size="small" icon="undo" onClick={() => draft.resetMore()}>Reset</Button>}
      </div>
    </details>
  );
}
