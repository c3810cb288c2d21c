/** How each parameter of `GET /models` is shown. A name that is not in the table gets a control by its type, so that a new model needs no change. */
import { type FieldParameter } from '../../private/contract/responses';

export type ControlKind =
  | 'prompt' // several lines with the number of characters left
  | 'text'
  | 'texts'
  | 'chips'
  | 'shapes'
  | 'segment'
  | 'select'
  | 'slider'
  | 'number'
  | 'seed'
  | 'size'
  | 'image'
  | 'mask'
  | 'frame' // pixels to add on one side
  | 'switch';

/** Part of the form. `canvas`: the control is on the image, not in the form. */
export type ControlGroup = 'main' | 'more' | 'canvas';

export interface Control {
  readonly kind: ControlKind;
  readonly label: string;
  readonly hint?: string;
  readonly group: ControlGroup;
  /** Position in the group. */
  readonly order: number;
}

type NamedControl = Omit<Control, 'kind'> & { readonly kind?: ControlKind };

const main = (order: number, label: string, kind: ControlKind, hint?: string): NamedControl => ({ group: 'main', order, label, kind, hint });
const more = (order: number, label: string, hint?: string, kind?: ControlKind): NamedControl => ({ group: 'more', order, label, hint, kind });
const canvas = (order: number, label: string, kind: ControlKind): NamedControl => ({ group: 'canvas', order, label, kind });

/** Controls by parameter name. Without a kind, the type of the parameter decides. */
const CONTROLS: Readonly<Record<string, NamedControl>> = {
  prompt: main(10, 'What should the image show?', 'prompt'),
  searchPrompt: main(11, 'What should be replaced?', 'text'),
  selectPrompt: main(11, 'What should be recolored?', 'text'),
  styleImage: main(12, 'Image with the style', 'image'),
  style: main(20, 'Style', 'chips'),
  aspectRatio: main(30, 'Shape', 'shapes'),
  size: main(31, 'Size', 'size'),
  count: main(40, 'How many', 'segment'),
  negativePrompt: more(10, 'What to leave out', undefined, 'text'),
  seed: more(20, 'Seed', 'The same request with the same seed generates the same image.', 'seed'),
  image: more(30, 'Start from an image'),
  strength: more(31, 'How much may change', '0 keeps the image, 1 ignores it.'),
  cfgScale: more(40, 'Prompt strength', 'Higher values follow the prompt more closely.'),
  steps: more(41, 'Steps', 'More steps take longer.'),
  quality: more(42, 'Quality'),
  growMask: more(50, 'Grow the mask', 'Pixels that are added around the painted part.'),
  creativity: more(51, 'New detail', 'Higher values invent more.'),
  controlStrength: more(52, 'Keep to the image', 'Higher values follow the image more closely.'),
  fidelity: more(53, 'Keep to the style', 'Higher values follow the style of the image more closely.'),
  styleStrength: more(54, 'Strength of the style'),
  compositionFidelity: more(55, 'Keep the composition'),
  changeStrength: more(56, 'How much may change'),
  outputFormat: more(60, 'File type'),
  enhancePrompt: more(70, 'Elaborate each prompt', 'A text model adds detail to the prompt first.'),
  mask: canvas(10, 'Part to change', 'mask'),
  left: canvas(20, 'Left', 'frame'),
  right: canvas(21, 'Right', 'frame'),
  up: canvas(22, 'Top', 'frame'),
  down: canvas(23, 'Bottom', 'frame'),
};

/** Unknown parameters come after the known ones, in the order of the API. */
const UNKNOWN_ORDER = 1000;

/** Returns the control of a parameter. Returns undefined for a type that this page does not know, which the form leaves out. */
export function controlOf(name: string, parameter: FieldParameter): Control | undefined {
  const kind = kindOf(parameter);
  if (kind === undefined) return undefined;
  const named = Object.hasOwn(CONTROLS, name) ? CONTROLS[name] : undefined;
  if (!named) return { kind, label: name, group: 'more', order: UNKNOWN_ORDER };
  return { ...named, kind: named.kind !== undefined && fits(named.kind, parameter) ? named.kind : kind };
}

/** Returns the control of a type. */
function kindOf(parameter: FieldParameter): ControlKind | undefined {
  switch (parameter.type) {
    case 'text': return 'text';
    case 'texts': return 'texts';
    case 'choice': return parameter.values.length <= 4 ? 'segment' : 'select';
    case 'integer': return parameter.maximum - parameter.minimum <= 1000 ? 'slider' : 'number';
    case 'number': return 'slider';
    case 'size': return parameter.values ? 'select' : 'size';
    case 'image': return 'image';
    case 'boolean': return 'switch';
    // a later version of the API can have other types
    default: return undefined;
  }
}

const TYPES: Readonly<Record<ControlKind, readonly FieldParameter['type'][]>> = {
  prompt: ['text'],
  text: ['text'],
  texts: ['texts'],
  chips: ['choice'],
  shapes: ['choice'],
  segment: ['choice', 'integer'],
  select: ['choice', 'size'],
  slider: ['integer', 'number'],
  number: ['integer', 'number'],
  seed: ['integer'],
  size: ['size'],
  image: ['image'],
  mask: ['image'],
  frame: ['integer'],
  switch: ['boolean'],
};

/** Whether a control can show a type: the API can give a name another type than today. A list of sizes is a selection. */
function fits(kind: ControlKind, parameter: FieldParameter): boolean {
  return TYPES[kind].includes(parameter.type) && !(kind === 'size' && parameter.type === 'size' && parameter.values);
}
