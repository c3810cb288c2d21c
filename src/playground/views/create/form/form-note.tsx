import { costOf } from '../../../models/prices';
import { usePage, useWorkspace } from '../../../parts/context';
import { Note } from '../../../parts/note';
import { lowBudget } from '../../../words/situations';

/** Number of images below which the note about the budget appears. */
const FEW_IMAGES = 5;

/** The one place for a note above the button: values that the API rejected, or a budget that is almost used up. */
export function FormNote() {
  const { budget, formats } = usePage();
  const { draft } = useWorkspace();
  const daily = budget.budget.value;
  const shown = new Set(draft.form.value.fields.map(({ name }) => name));
  const unknown = draft.issues.value.find(({ name }) => !shown.has(name));
  if (unknown) return <Note tone="danger" icon="warning" title="Some settings do not fit this model">{`${unknown.name}: ${unknown.text}`}</Note>;
  const price = costOf(draft.model.value, 1);
  if (!daily || price === undefined || daily.remainingUsd >= price * FEW_IMAGES) return null;
  const { title, text } = lowBudget(daily, price, formats);
  return <Note tone="warn" icon="clock" title={title}>{text}</Note>;
}
