import { EditPrompt } from './edit-prompt';
import { EnlargeCards } from './enlarge-cards';
import { ExtendFields } from './extend-fields';
import { MarkRectangle } from './mark-rectangle';
import { type Field } from '../../../models/form';
import { visibleFields } from '../../../models/rules';
import { valueOf } from '../../../models/values';
import { FieldControl, hasControl } from '../../../parts/fields/field-control';
import { Icon } from '../../../parts/icon';
import { RATHER_NOT_PAINT } from '../../../words/editor';
import { operationWords } from '../../../words/operations';
import { useEditor } from '../use-editor';

/** What to find comes before what to put there. */
const FINDS = ['searchPrompt', 'selectPrompt'];
const WORDS_OPERATION = 'search-and-replace';

/** The fields of the operation. What is painted or pulled is on the canvas, with fields for those without a pointer. */
export function EditFields() {
  const editor = useEditor();
  const form = editor.form.value;
  const edit = editor.edit.value;
  const fields = visibleFields(form, editor.values.value).filter(({ kind, group }) => group !== 'canvas' && hasControl(kind));
  const more = fields.filter(({ group }) => group === 'more');
  const canUseWords = editor.edits.value.some(({ operation }) => operation === WORDS_OPERATION);
  return (
    <>
      {operationWords(edit).family === 'Enlarge' && <EnlargeCards />}
      {'left' in edit.parameters && <ExtendFields />}
      {fields.filter(({ name }) => FINDS.includes(name)).map((field) => <EditField key={field.name} field={field} />)}
      {'prompt' in edit.parameters && <EditPrompt />}
      {fields.filter(({ group, name }) => group === 'main' && !FINDS.includes(name)).map((field) => <EditField key={field.name} field={field} />)}
      {more.length > 0 && (
        <details class="more">
          <summary><Icon name="right" />More settings</summary>
          <div class="more-fields">{more.map((field) => <EditField key={field.name} field={field} />)}</div>
        </details>
      )}
      {'mask' in edit.parameters && <MarkRectangle />}
      {'mask' in edit.parameters && canUseWords && (
        <p class="hint only-desk">
          {RATHER_NOT_PAINT.before} <button type="button" class="link" onClick={() => editor.selectOperation(WORDS_OPERATION)}>{RATHER_NOT_PAINT.link}</button> {RATHER_NOT_PAINT.after}
        </p>
      )}
    </>
  );
}

function EditField({ field }: { readonly field: Field }) {
  const editor = useEditor();
  const value = valueOf(editor.values.value, field.name);
  // an empty required field is no error before the button is pressed
  const issue = value === undefined ? undefined : editor.issues.value.find(({ name }) => name === field.name);
  return <FieldControl field={field} value={value} onChange={(next) => editor.set(field.name, next)} {...(issue && { issue: issue.text })} />;
}
