/** Keys of a radio group with a roving tabindex: arrows select, Home and End select the first and the last. */
export function radioKeys<T>(values: readonly T[], select: (value: T) => void): (event: KeyboardEvent) => void {
  return (event) => {
    const group = event.currentTarget as HTMLElement;
    const radios = [...group.querySelectorAll<HTMLElement>('[role=radio]')];
    const index = radios.indexOf(document.activeElement as HTMLElement);
    const next = nextIndex(event.key, index, values.length);
    if (index < 0 || next === undefined) return;
    event.preventDefault();
    select(values[next]);
    radios[next]?.focus();
  };
}

function nextIndex(key: string, index: number, length: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown': return (index + 1) % length;
    case 'ArrowLeft':
    case 'ArrowUp': return (index - 1 + length) % length;
    case 'Home': return 0;
    case 'End': return length - 1;
    default: return undefined;
  }
}

/** Returns the attributes of a radio. Only the selected one, or the first, is in the order of Tab. */
export function radioProps(isSelected: boolean, isFirst: boolean, hasSelection: boolean) {
  return { 'type': 'button', 'role': 'radio', 'aria-checked': isSelected, 'tabIndex': isSelected || (isFirst && !hasSelection) ? 0 : -1 } as const;
}
