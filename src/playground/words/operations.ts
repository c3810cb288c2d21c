/** Names of the edit operations, in the groups of the Edit view. An operation that is not in the table is shown with the name of its service. */
import { choiceLabel } from './styles';

const OPERATION_GROUPS = ['Paint over a part', 'Change the frame', 'Change by words', 'Whole image'] as const;
export type OperationGroup = typeof OPERATION_GROUPS[number];

export interface OperationWords {
  readonly operation: string;
  readonly group: OperationGroup;
  /** In the list, on the button and in the strip of versions: "Replace". */
  readonly label: string;
  /** Title of the form: "Replace a part". */
  readonly title: string;
  readonly hint: string;
  /** Label of the prompt. Absent if the operation has none. */
  readonly prompt?: string;
  /** Operations of one name are shown together, as cards with their prices. */
  readonly family?: 'Enlarge';
}

const [PAINT, FRAME, WORDS, WHOLE] = OPERATION_GROUPS;

const upscale = (operation: string, label: string, hint: string, prompt?: string): OperationWords => ({
  operation, group: FRAME, label, title: 'Enlarge', hint, ...(prompt !== undefined && { prompt }), family: 'Enlarge',
});

/** In the order in which they are shown. */
const OPERATIONS: readonly OperationWords[] = [
  {
    operation: 'inpaint',
    group: PAINT,
    label: 'Replace',
    title: 'Replace a part',
    hint: 'Paint over what should change, then say what goes there. Painted parts are changed, the rest is kept.',
    prompt: 'What goes there?',
  },
  {
    operation: 'erase',
    group: PAINT,
    label: 'Erase',
    title: 'Erase a part',
    hint: 'Paint over what should go. Painted parts are changed, the rest is kept.',
  },
  {
    operation: 'outpaint',
    group: FRAME,
    label: 'Extend',
    title: 'Extend',
    hint: 'Pull the edges, or choose a shape. The model fills in what lies outside.',
    prompt: 'What lies outside?',
  },
  upscale('fast-upscale', 'Fast', 'Four times as wide and high. Nothing is added.'),
  upscale('conservative-upscale', 'Conservative', 'Keeps the image and sharpens it.', 'What does the image show?'),
  upscale('creative-upscale', 'Creative', 'Adds detail that was not there.', 'What does the image show?'),
  {
    operation: 'search-and-replace',
    group: WORDS,
    label: 'Find and replace',
    title: 'Find and replace',
    hint: 'Words take the place of a mask.',
    prompt: 'What goes there?',
  },
  {
    operation: 'search-and-recolor',
    group: WORDS,
    label: 'Find and recolor',
    title: 'Find and recolor',
    hint: 'Words take the place of a mask.',
    prompt: 'Which color should it have?',
  },
  {
    operation: 'remove-background',
    group: WHOLE,
    label: 'Remove background',
    title: 'Remove the background',
    hint: 'The result is transparent around the subject.',
  },
  { operation: 'sketch', group: WHOLE, label: 'From a sketch', title: 'From a sketch', hint: 'The lines of your image guide the new one.', prompt: 'What should it become?' },
  { operation: 'structure', group: WHOLE, label: 'Keep structure', title: 'Keep the structure', hint: 'The new image has the same structure.', prompt: 'What should it become?' },
  { operation: 'style-guide', group: WHOLE, label: 'Style of an image', title: 'Style of an image', hint: 'The new image has the style of yours.', prompt: 'What should the image show?' },
  { operation: 'style-transfer', group: WHOLE, label: 'Transfer style', title: 'Transfer a style', hint: 'Your image gets the style of another one.', prompt: 'What should the image show?' },
];

interface NamedOperation {
  readonly operation: string;
  readonly name?: string;
}

/** Returns the words of an operation. */
export function operationWords({ operation, name }: NamedOperation): OperationWords {
  const label = name ?? choiceLabel(operation);
  return OPERATIONS.find((known) => known.operation === operation) ?? { operation, group: WHOLE, label, title: label, hint: '', prompt: 'What should the image show?' };
}

export interface GroupedOperations<Operation> {
  readonly group: OperationGroup;
  readonly edits: readonly Operation[];
}

/** Returns the operations of an API by group, in the order in which they are shown. Groups without operations are left out. */
export function operationGroups<Operation extends NamedOperation>(edits: readonly Operation[]): readonly GroupedOperations<Operation>[] {
  const order = (edit: Operation) => {
    const position = OPERATIONS.findIndex(({ operation }) => operation === edit.operation);
    return position < 0 ? OPERATIONS.length : position;
  };
  // the sort is stable
  const sorted = [...edits].sort((a, b) => order(a) - order(b));
  return OPERATION_GROUPS.map((group) => ({ group, edits: sorted.filter((edit) => operationWords(edit).group === group) }))
    .filter((each) => each.edits.length > 0);
}
