import { type Field } from '../../../models/form';
import { valueOf } from '../../../models/values';
import { useWorkspace } from '../../../parts/context';
import { FieldControl } from '../../../parts/fields/field-control';

/** A field with its value in the draft. */
export function DraftField({ field }: { readonly field: Field }) {
  const { draft } = useWorkspace();
  const issue = draft.issues.value.find(({ name }) => name === field.name);
  return (
    <FieldControl
      field={field}
      value={valueOf(draft.values.value, field.name)}
      onChange={(value) => draft.set(field.name, value)}
      {...(issue && { issue: issue.text })}
    />
  );
}
