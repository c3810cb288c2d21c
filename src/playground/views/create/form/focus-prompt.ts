/** Moves the focus to the prompt: of the form on the left, or of the dock on narrow windows. */
export function focusPrompt(): void {
  const prompt = [...document.querySelectorAll<HTMLTextAreaElement>('textarea[data-prompt]')].find((candidate) => candidate.offsetParent !== null);
  prompt?.focus();
  prompt?.select();
}
