import { useId } from 'preact/hooks';
import { fieldNamed } from '../../../models/form';
import { charactersLeft, lengthState } from '../../../models/prompt-length';
import { valueOf } from '../../../models/values';
import { usePage } from '../../../parts/context';
import { useEditor } from '../use-editor';

/** The prompt of an edit, with the question that its operation asks. */
export function EditPrompt() {
  const { formats } = usePage();
  const editor = useEditor();
  const id = useId();
  const field = fieldNamed(editor.form.value, 'prompt')!;
  const text = String(valueOf(editor.values.value, 'prompt') ?? '');
  const issue = text.trim() === '' ? undefined : editor.issues.value.find(({ name }) => name === 'prompt');
  const left = field.parameter.type === 'text' && text !== '' ? charactersLeft(text, field.parameter.maxLength, undefined) : undefined;
  return (
    <div class="field">
      <label for={id}>{field.label}{!field.required && <span class="mute"> (optional)</span>}</label>
      <div class="prompt">
        <textarea
          id={id} data-prompt rows={2} value={text} aria-invalid={issue !== undefined} aria-describedby={`${id}-issue`}
          onInput={({ currentTarget }) => editor.set('prompt', currentTarget.value || undefined)}
        />
        <div class="foot">
          <span class={`count num ${left !== undefined && field.parameter.type === 'text' ? lengthState(left, field.parameter.maxLength) : ''}`}>
            {left !== undefined && (left < 0 ? `${formats.number(-left)} too many` : `${formats.number(left)} left`)}
          </span>
        </div>
      </div>
      <p id={`${id}-issue`} class="error-text" hidden={issue === undefined}>{issue?.text}</p>
    </div>
  );
}
