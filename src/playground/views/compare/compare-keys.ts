/** What the keys of Compare do. */
export interface CompareActions {
  readonly step: (direction: 1 | -1) => void;
  readonly pan: (dx: number, dy: number) => void;
  readonly fit: () => void;
}

/** Pixels of an arrow key. */
const PAN = 60;

/** Keys of Compare: +, - and 0 zoom, arrows pan. */
export function compareKeys({ step, pan, fit }: CompareActions): (event: KeyboardEvent) => void {
  const actions: Readonly<Record<string, () => void>> = {
    '+': () => step(1),
    '=': () => step(1),
    '-': () => step(-1),
    '0': fit,
    'ArrowLeft': () => pan(PAN, 0),
    'ArrowRight': () => pan(-PAN, 0),
    'ArrowUp': () => pan(0, PAN),
    'ArrowDown': () => pan(0, -PAN),
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  };
}
