import { DraftField } from './draft-field';
import { ModelField } from './model-field';
import { MoreSettings } from './more-settings';
import { visibleFields } from '../../../models/rules';
import { useWorkspace } from '../../../parts/context';
import { hasControl } from '../../../parts/fields/field-control';

/** Style, shape, number, model and more: in the form, and in the sheet of narrow windows. `without`: fields that the view does not have. */
export function SettingsFields({ without = [] }: { readonly without?: readonly string[] }) {
  const { draft } = useWorkspace();
  const fields = visibleFields(draft.form.value, draft.values.value).filter(({ kind, name }) => hasControl(kind) && !without.includes(name));
  return (
    <>
      {fields.filter(({ group }) => group === 'main').map((field) => <DraftField key={field.name} field={field} />)}
      <ModelField />
      <MoreSettings fields={fields.filter(({ group }) => group === 'more')} />
    </>
  );
}
