/** What the page says: what happened first, then what to do. */

/** What a button of a message does. The view decides how. */
export type Action =
  | 'changePrompt'
  | 'chooseImage'
  | 'copyNumber' // copies the request id
  | 'cancel'
  | 'create'
  | 'generateAgain'
  | 'openGallery'
  | 'signIn'
  | 'tryAgain'
  | 'tryNow'
  | 'useAnotherKey'
  | 'useAnotherModel';

export interface MessageAction {
  readonly action: Action;
  readonly label: string;
}

export interface Message {
  readonly title: string;
  readonly text: string;
  /** The first one is the main action. */
  readonly actions: readonly MessageAction[];
}

const LABELS: Readonly<Record<Action, string>> = {
  changePrompt: 'Change the prompt',
  chooseImage: 'Choose another',
  copyNumber: 'Copy number',
  cancel: 'Cancel',
  create: 'Create one',
  generateAgain: 'Generate again',
  openGallery: 'Gallery',
  signIn: 'Sign in',
  tryAgain: 'Try again',
  tryNow: 'Try now',
  useAnotherKey: 'Use another key',
  useAnotherModel: 'Use another model',
};

/** Returns a message with the labels of its actions. */
export function message(title: string, text: string, ...actions: readonly Action[]): Message {
  return { title, text, actions: actions.map((action) => ({ action, label: LABELS[action] })) };
}

/** Returns a message whose main action says what it costs: "Try again, about $0.04". */
export function withCost({ title, text, actions: [main, ...others] }: Message, aboutCost: string | undefined): Message {
  if (!main || aboutCost === undefined) return { title, text, actions: main ? [main, ...others] : [] };
  return { title, text, actions: [{ ...main, label: `${main.label}, ${aboutCost}` }, ...others] };
}
