import { type RefObject } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useBatches } from './use-batches';
import { countText } from '../../batch/lines';
import { costOf } from '../../models/prices';
import { Button } from '../../parts/button';
import { usePage, useWorkspace } from '../../parts/context';
import { Note } from '../../parts/note';
import { submitHandlers } from '../../parts/submit-handlers';
import { useProblemMessage } from '../../parts/use-problem-message';
import { BATCH_HINT, batchUnsure, NEW_BATCH } from '../../words/batch';
import { SettingsFields } from '../create/form/settings-fields';

/** A new batch: one prompt a line, with the settings of the form. */
export function BatchForm({ heading }: { readonly heading: RefObject<HTMLHeadingElement | null> }) {
  const { formats, navigation } = usePage();
  const { draft } = useWorkspace();
  const batches = useBatches();
  const id = useId();
  const [explains, setExplains] = useState(false);
  const lines = batches.lines.value;
  const issues = batches.issues.value;
  const cost = costOf(draft.model.value, lines.length);
  const isEmpty = lines.length === 0;

  async function submit(): Promise<void> {
    const created = await batches.create();
    setExplains(created === undefined);
    if (created !== undefined) navigation.go({ view: 'batch', id: created, fields: {} });
  }
  const label = explains && isEmpty ? 'Write a prompt first' : explains && issues.length > 0 ? 'Check the lines'
    : lines.length > 1 ? `Generate ${lines.length} images` : 'Generate';
  return (
    <main class="page narrow" id="main" tabIndex={-1}>
      <header><div class="grow stack"><h1 ref={heading} tabIndex={-1}>{NEW_BATCH}</h1><p class="hint">{BATCH_HINT}</p></div></header>
      <form class="batch-form" noValidate aria-label={NEW_BATCH} {...submitHandlers(() => void submit())}>
        <div class="field">
          <label for={id}>Prompts</label>
          <textarea
            id={id} class="input" rows={10} value={batches.text.value} aria-invalid={issues.length > 0} aria-describedby={`${id}-count ${id}-issues`}
            onInput={({ currentTarget }) => { batches.text.value = currentTarget.value; }}
          />
          <p id={`${id}-count`} class="hint num">{countText(lines)}{cost !== undefined && !isEmpty && ` · about ${formats.money(cost)}`}</p>
          <ul id={`${id}-issues`} class="line-issues" aria-live="polite">
            {issues.slice(0, 5).map(({ number, text }, index) => <li key={index} class="error-text">Line {number}: {text}</li>)}
            {issues.length > 5 && <li class="error-text">and {issues.length - 5} more</li>}
          </ul>
        </div>
        <div class="batch-settings"><SettingsFields without={PER_LINE} /></div>
        <div class="batch-go">
          <BatchNote onRetry={() => void submit()} />
          <Button kind="primary" size="big" wide submit busy={batches.isSending.value}>
            <span>{label}</span>
            {cost !== undefined && !isEmpty && !(explains && issues.length > 0) && <span class="price num">about {formats.money(cost)}</span>}
          </Button>
        </div>
      </form>
    </main>
  );
}

/** Each line is one image. */
const PER_LINE: readonly string[] = ['count'];

/** Why the batch was not created. */
function BatchNote({ onRetry }: { readonly onRetry: () => void }) {
  const messageOf = useProblemMessage();
  const failure = useBatches().failure.value;
  if (!failure) return null;
  if ('lost' in failure) {
    const { title, text, actions: [action] } = batchUnsure();
    return <Note tone="warn" icon="offline" title={title}>{text} <Button size="small" onClick={onRetry}>{action.label}</Button></Note>;
  }
  const { title, text } = messageOf(failure.problem);
  return <Note tone="danger" icon="warning" title={title}>{text}</Note>;
}
