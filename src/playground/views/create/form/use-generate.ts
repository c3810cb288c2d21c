import { useState } from 'preact/hooks';
import { focusPrompt } from './focus-prompt';
import { useWorkspace } from '../../../parts/context';

export interface Generate {
  readonly onSubmit: (event: Event) => void;
  /** Ctrl or Cmd and Enter. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
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
    onSubmit(event) {
      event.preventDefault();
      submit();
    },
    onKeyDown(event) {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      submit();
    },
    explains: wasIncomplete && draft.issues.value.length > 0,
  };
}
