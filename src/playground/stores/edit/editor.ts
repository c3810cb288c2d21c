/** The state of the Edit view: the image, the operation and its values, the mask and the versions. It is kept when the user leaves the view. */
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
  /** The reason why the last request could not be sent. */
  readonly problem: ReadonlySignal<string | undefined>;
  /** Opens an image and discards the versions of the previous one. */
  open(input: EditInput): void;
  /** Closes the image, so that the view offers the choice of an image again. */
  close(): void;
  selectVersion(key: string): void;
  selectOperation(operation: string): void;
  set(name: string, value: FieldValue | undefined): void;
  setFrame(frame: Frame): void;
  /** Requests the edit. Returns false, without a request, if the form is not complete. */
  apply(): Promise<boolean>;
  /** Selects the version with this image. Returns whether it exists. */
  selectImage(reference: ImageReference): boolean;
  /** Selects the operation and sets the values of a location. */
  applyFields(operation: string | undefined, fields: LocationFields): void;
  /** Returns the values that differ from the defaults, as fields of a location. */
  locationFields(): LocationFields;
}

export interface EditorOptions extends ApplyOptions {
  readonly capabilities: ReadonlySignal<Capabilities>;
}

export function createEditor({ capabilities, ...options }: EditorOptions): Editor {
  const state = createEditState(capabilities);
  return { ...state, ...versionActions(state), ...formActions(state), apply: () => applyEdit(state, options) };
}

type VersionActions = Pick<Editor, 'open' | 'close' | 'selectVersion' | 'selectImage'>;

function versionActions({ original, steps, selectedKey, problem, painting, versions, source, input }: EditState): VersionActions {
  const resize = () => { if (input.peek()) painting.resize(sizeOf(input.peek()!)); };
  const select = (key: string) => batch(() => {
    selectedKey.value = key;
    resize();
  });
  const replaceImage = (next: EditInput | undefined) => batch(() => {
    original.value = next;
    steps.value = [];
    selectedKey.value = ORIGINAL;
    problem.value = undefined;
    painting.reset();
    resize();
  });
  return {
    open: replaceImage,
    close: () => replaceImage(undefined),
    selectVersion: select,
    selectImage(reference) {
      const isRequested = ({ image }: Version) => isSameImage(image && referenceOf(image), reference);
      const current = source.peek();
      // the selected version stays selected if it is being generated from this image
      if (current && isRequested(current)) return true;
      const version = versions.peek().find(isRequested);
      if (version) select(version.key);
      return version !== undefined;
    },
  };
}

type FormActions = Pick<Editor, 'selectOperation' | 'set' | 'setFrame' | 'applyFields' | 'locationFields'>;

function formActions({ operation, valuesByName, problem, form, name, values }: EditState): FormActions {
  const change = (next: FormValues) => { valuesByName.value = { ...valuesByName.peek(), [name.peek()]: next }; };
  return {
    selectOperation: (next) => batch(() => {
      operation.value = next;
      problem.value = undefined;
    }),
    set: (field, value) => change(withValue(values.peek(), field, value)),
    setFrame: (next) => change(SIDES.reduce((others, side) => withValue(others, side, next[side] || undefined), values.peek())),
    applyFields: (next, fields) => batch(() => {
      if (next !== undefined) operation.value = next;
      change({ ...values.peek(), ...readFields(form.peek(), fields).values });
    }),
    locationFields() {
      // the image is in the path; a mask is not in the URL
      const { image: _, mask: __, ...others } = values.peek();
      return writeFields(form.peek(), others);
    },
  };
}

function isSameImage(one: ImageReference | undefined, other: ImageReference): boolean {
  return one?.id === other.id && one.index === other.index;
}
