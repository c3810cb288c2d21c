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
import { type Batches } from '../../stores/batch/batches';
import { BATCH_HINT, batchUnsure, NEW_BATCH } from '../../words/batch';
import { SettingsFields } from '../create/form/settings-fields';

/** A new batch: one prompt a line, with the settings of the form. */
export function BatchForm({ heading }: { readonly heading: RefObject<HTMLHeadingElement | null> }) {
  const { formats, navigation } = usePage();
  const { draft } = useWorkspace();
  const batches = useBatches();
  const [explains, setExplains] = useState(false);
  const count = batches.lines.value.length;
  const cost = count === 0 ? undefined : costOf(draft.model.value, count);
  const price = cost === undefined ? undefined : `about ${formats.money(cost)}`;
  const explanation = explains ? whatIsMissing(batches) : undefined;

  async function submit(): Promise<void> {
    const created = await batches.create();
    setExplains(created === undefined);
    if (created !== undefined) navigation.go({ view: 'batch', id: created, fields: {} });
  }
  return (
    <main class="page narrow" id="main" tabIndex={-1}>
      <header><div class="grow stack"><h1 ref={heading} tabIndex={-1}>{NEW_BATCH}</h1><p class="hint">{BATCH_HINT}</p></div></header>
      <form class="batch-form" noValidate aria-label={NEW_BATCH} {...submitHandlers(() => void submit())}>
        <PromptsField price={price} />
        <div class="batch-settings"><SettingsFields without={PER_LINE} /></div>
        <div class="batch-go">
          <BatchNote onRetry={() => void submit()} />
          <Button kind="primary" size="big" wide submit busy={batches.isSending.value}>
            <span>{explanation ?? (count > 1 ? `Generate ${count} images` : 'Generate')}</span>
            {price !== undefined && explanation === undefined && <span class="price num">{price}</span>}
          </Button>
        </div>
      </form>
    </main>
  );
}

/** Returns what the button says instead of "Generate". */
function whatIsMissing({ lines, issues }: Batches): string | undefined {
  if (lines.value.length === 0) return 'Write a prompt first';
  return issues.value.length > 0 ? 'Check the lines' : undefined;
}

const SHOWN_ISSUES = 5;

/** The prompts, and the lines that do not fit. */
function PromptsField({ price }: { readonly price: string | undefined }) {
  const { text, lines, issues: { value: issues } } = useBatches();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>Prompts</label>
      <textarea
        id={id} class="input" rows={10} value={text.value} aria-invalid={issues.length > 0} aria-describedby={`${id}-count ${id}-issues`}
        onInput={({ currentTarget }) => { text.value = currentTarget.value; }}
      />
      <p id={`${id}-count`} class="hint num">{countText(lines.value)}{price !== undefined && ` · ${price}`}</p>
      <ul id={`${id}-issues`} class="line-issues" aria-live="polite">
        {issues.slice(0, SHOWN_ISSUES).map((issue, index) => <li key={index} class="error-text">Line {issue.number}: {issue.text}</li>)}
        {issues.length > SHOWN_ISSUES && <li class="error-text">and {issues.length - SHOWN_ISSUES} more</li>}
      </ul>
    </div>
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
