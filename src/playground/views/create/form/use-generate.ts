import { useState } from 'preact/hooks';
import { focusPrompt } from './focus-prompt';
import { useWorkspace } from '../../../parts/context';
import { type SubmitHandlers, submitHandlers } from '../../../parts/submit-handlers';

export interface Generate extends SubmitHandlers {
  /** Whether the button says why nothing was generated. */
  readonly explains: boolean;
}

/** Requests the images of the form. If it is not complete, the button says why and the focus goes to the prompt. */
export function useGenerate(): Generate {
  const { draft, generate } = useWorkspace();
  const [wasIncomplete, setIncomplete] = useState(false);
  const submit = () => {
    const isStarted = generate();
    setIncomplete(!isStarted);
    if (isStarted) window.scrollTo({ top: 0 });
    else if (draft.issues.peek().some(({ name }) => name === 'prompt')) focusPrompt();
  };
  return {
    ...submitHandlers(submit),
    explains: wasIncomplete && draft.issues.value.length > 0,
  };
}
