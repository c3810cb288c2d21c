import { useEffect, useState } from 'preact/hooks';
import { costOf } from '../../../models/prices';
import { usePage } from '../../../parts/context';
import { type SubmitHandlers, submitHandlers } from '../../../parts/submit-handlers';
import { CONFIRM_FROM_USD, CONFIRM_MS, confirmText, incompleteLabel } from '../../../words/editor';
import { operationWords } from '../../../words/operations';
import { focusPrompt } from '../../create/form/focus-prompt';
import { useEditor } from '../use-editor';

const DOUBLE_CLICK_MS = 500;

export interface Apply extends SubmitHandlers {
  readonly label: string;
  /** Absent if it is not known, or if the label has it. */
  readonly price?: string;
}

/** The button of the form: what it says, and what it does. An expensive edit needs a second press. */
export function useApply(): Apply {
  const { formats } = usePage();
  const editor = useEditor();
  const [explains, setExplains] = useState(false);
  const [confirms, setConfirms] = useFirstPress();
  const edit = editor.edit.value;
  const count = editor.count.value;
  const cost = costOf(edit, count);
  const { family, label } = operationWords(edit);
  const name = family ?? label;
  const issues = editor.issues.value;
  // what is to be done on the canvas comes first
  const issue = issues.find(({ name: field }) => ['image', 'mask', 'left'].includes(field)) ?? issues[0];
  useEffect(() => {
    setExplains(false);
    setConfirms(undefined);
  }, [edit]);

  async function submit(): Promise<void> {
    const isExpensive = cost !== undefined && cost > CONFIRM_FROM_USD && !issue;
    // a double click is one press
    if (isExpensive && confirms !== undefined && Date.now() - confirms < DOUBLE_CLICK_MS) return;
    const needsConfirmation = isExpensive && confirms === undefined;
    setConfirms(needsConfirmation ? Date.now() : undefined);
    if (needsConfirmation) return;
    const isComplete = await editor.apply();
    setExplains(!isComplete);
    if (!isComplete && issue?.name === 'prompt') focusPrompt();
  }
  const images = count > 1 ? `${count} images, ` : '';
  return {
    ...(explains && issue ? { label: incompleteLabel(issue) }
      : confirms !== undefined ? { label: confirmText(name, formats.money(cost!)) }
        : { label: name, ...(cost !== undefined && { price: `${images}about ${formats.money(cost)}` }) }),
    ...submitHandlers(() => void submit()),
  };
}

/** The time of the first press in epoch milliseconds, which is forgotten after a while. */
function useFirstPress() {
  const state = useState<number | undefined>(undefined);
  const [pressedAt, setPressedAt] = state;
  useEffect(() => {
    if (pressedAt === undefined) return undefined;
    const timer = setTimeout(() => setPressedAt(undefined), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [pressedAt]);
  return state;
}
