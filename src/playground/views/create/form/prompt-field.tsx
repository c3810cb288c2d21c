import { type ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { charactersLeft, lengthState } from '../../../models/prompt-length';
import { usePage, useWorkspace } from '../../../parts/context';

export interface PromptFieldProps {
  /** Whether the label is visible. */
  readonly hasLabel?: boolean;
  readonly placeholder: string;
  readonly rows: number;
  /** Tools below the text. */
  readonly foot: (count: ComponentChildren) => ComponentChildren;
  /** Below the tools, for example a suggestion. */
  readonly children?: ComponentChildren;
}

const LABEL = 'What should the image show?';

/** The prompt, with the number of characters that are left. */
export function PromptField({ hasLabel, placeholder, rows, foot, children }: PromptFieldProps) {
  const { draft } = useWorkspace();
  const id = useId();
  const issue = draft.prompt.value.trim() === '' ? undefined : draft.issues.value.find(({ name }) => name === 'prompt');
  return (
    <div class="field">
      {hasLabel && <label for={id}>{LABEL}</label>}
      <div class="prompt">
        <textarea
          id={id}
          data-prompt
          rows={rows}
          placeholder={placeholder}
          aria-label={hasLabel ? undefined : LABEL}
          aria-invalid={issue !== undefined}
          aria-describedby={`${id}-issue`}
          value={draft.prompt.value}
          onInput={(event) => draft.set('prompt', event.currentTarget.value || undefined)}
        />
        <div class="foot">{foot(<CharactersLeft />)}</div>
        {children}
      </div>
      <p id={`${id}-issue`} class="error-text" hidden={issue === undefined}>{issue?.text}</p>
    </div>
  );
}

function CharactersLeft() {
  const { draft } = useWorkspace();
  const { formats } = usePage();
  const parameter = draft.form.value.target.parameters.prompt;
  const prompt = draft.prompt.value;
  if (parameter?.type !== 'text' || prompt === '') return <span class="count" />;
  const style = draft.form.value.fields.find(({ name }) => name === 'style')?.addsWords ? draft.values.value.style : undefined;
  const left = charactersLeft(prompt, parameter.maxLength, style);
  return <span class={`count num ${lengthState(left, parameter.maxLength)}`}>{left < 0 ? `${formats.number(-left)} too many` : `${formats.number(left)} left`}</span>;
}
