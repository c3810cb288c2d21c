export interface SubmitHandlers {
  readonly onSubmit: (event: Event) => void;
  /** Ctrl or Cmd and Enter. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Returns the handlers of a form that is submitted by its button, and by Ctrl or Cmd and Enter in any field. */
export function submitHandlers(submit: () => void): SubmitHandlers {
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
  };
}
