/** The Edit view: the image, the operation with its values, what was painted, and the versions. It outlives the view, so that nothing gets lost. */
import { batch, type ReadonlySignal } from '@preact/signals-core';
import { applyEdit, type ApplyOptions } from './apply-edit';
import { type EditInput, referenceOf, sizeOf } from './edit-input';
import { createEditState, type EditState } from './edit-state';
import { type Painting } from './painting';
import { ORIGINAL, type Version } from './versions';
import { type Capabilities, type Edit } from '../../../private/contract/responses';
import { type Frame, SIDES } from '../../editor/extend';
import { type ImageReference, type LocationFields } from '../../location';
import { type Form } from '../../models/form';
import { readFields, writeFields } from '../../models/form-fields';
import { type FieldIssue } from '../../models/limits';
import { type FieldValue, type FormValues, withValue } from '../../models/values';

export interface Editor {
  readonly edits: ReadonlySignal<readonly Edit[]>;
  readonly edit: ReadonlySignal<Edit>;
  readonly form: ReadonlySignal<Form>;
  /** Values of the operation. Each operation keeps its own. */
  readonly values: ReadonlySignal<FormValues>;
  readonly count: ReadonlySignal<number>;
  readonly issues: ReadonlySignal<readonly FieldIssue[]>;
  readonly frame: ReadonlySignal<Frame>;
  readonly painting: Painting;
  readonly versions: ReadonlySignal<readonly Version[]>;
  /** The version that is shown. */
  readonly selected: ReadonlySignal<Version | undefined>;
  /** The image that the next edit starts from. Undefined until one is chosen. */
  readonly input: ReadonlySignal<EditInput | undefined>;
  /** Whether files are uploaded for a request. */
  readonly isPreparing: ReadonlySignal<boolean>;
  /** Why the last request could not be sent. */
  readonly problem: ReadonlySignal<string | undefined>;
  /** Opens an image, with which a new strip of versions begins. */
  open(input: EditInput): void;
  /** Returns to the choice of an image. */
  close(): void;
  selectVersion(key: string): void;
  selectOperation(operation: string): void;
  set(name: string, value: FieldValue | undefined): void;
  setFrame(frame: Frame): void;
  /** Requests the edit. Returns whether the form was complete. */
  apply(): Promise<boolean>;
  /** Selects the version of an image of the URL. Returns whether there is one. */
  selectImage(reference: ImageReference): boolean;
  read(operation: string | undefined, fields: LocationFields): void;
  /** Returns the values that differ from the defaults, for a URL. */
  write(): LocationFields;
}

export interface EditorOptions extends ApplyOptions {
  readonly capabilities: ReadonlySignal<Capabilities>;
}

export function createEditor({ capabilities, ...options }: EditorOptions): Editor {
  const state = createEditState(capabilities);
  return { ...state, ...versionActions(state), ...formActions(state), apply: () => applyEdit(state, options) };
}

type VersionActions = Pick<Editor, 'open' | 'close' | 'selectVersion' | 'selectImage'>;

function versionActions({ original, steps, selectedKey, problem, painting, versions, from, input }: EditState): VersionActions {
  const resize = () => { if (input.peek()) painting.resize(sizeOf(input.peek()!)); };
  const select = (key: string) => batch(() => {
    selectedKey.value = key;
    resize();
  });
  const begin = (next: EditInput | undefined) => batch(() => {
    original.value = next;
    steps.value = [];
    selectedKey.value = ORIGINAL;
    problem.value = undefined;
    painting.reset();
    resize();
  });
  return {
    open: begin,
    close: () => begin(undefined),
    selectVersion: select,
    selectImage(reference) {
      const isRequested = ({ image }: Version) => isSameImage(image && referenceOf(image), reference);
      const current = from.peek();
      // a selected version that is still generated from this image keeps the selection
      if (current && isRequested(current)) return true;
      const version = versions.peek().find(isRequested);
      if (version) select(version.key);
      return version !== undefined;
    },
  };
}

type FormActions = Pick<Editor, 'selectOperation' | 'set' | 'setFrame' | 'read' | 'write'>;

function formActions({ operation, valuesByName, problem, form, name, values }: EditState): FormActions {
  const change = (next: FormValues) => { valuesByName.value = { ...valuesByName.peek(), [name.peek()]: next }; };
  return {
    selectOperation: (next) => batch(() => {
      operation.value = next;
      problem.value = undefined;
    }),
    set: (field, value) => change(withValue(values.peek(), field, value)),
    setFrame: (next) => change(SIDES.reduce((others, side) => withValue(others, side, next[side] || undefined), values.peek())),
    read: (next, fields) => batch(() => {
      if (next !== undefined) operation.value = next;
      change({ ...values.peek(), ...readFields(form.peek(), fields).values });
    }),
    write() {
      // the image is in the path; a mask is not in the URL
      const { image: _, mask: __, ...others } = values.peek();
      return writeFields(form.peek(), others);
    },
  };
}

function isSameImage(one: ImageReference | undefined, other: ImageReference): boolean {
  return one?.id === other.id && one.index === other.index;
}
