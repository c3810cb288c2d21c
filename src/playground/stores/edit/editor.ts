/** The Edit view: the image, the operation with its values, what was painted, and the versions. It outlives the view, so that nothing gets lost. */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { type EditInput, formatOfInput, referenceOf, sizeOf } from './edit-input';
import { type InputEncoder } from './encode-inputs';
import { createPainting, type Painting } from './painting';
import { inputVersion, ORIGINAL, type Step, type Version, versionsOf } from './versions';
import { COUNT } from '../../../private/contract/request-limits';
import { type Capabilities, type Edit } from '../../../private/contract/responses';
import { type ApiProblem } from '../../api-result';
import { extendedSize, NO_FRAME, SIDES, type Frame } from '../../editor/extend';
import { type ImageReference, type LocationFields } from '../../location';
import { type Form, formOf } from '../../models/form';
import { readFields, writeFields } from '../../models/form-fields';
import { imageIssue } from '../../models/image-limits';
import { type FieldIssue, formIssues } from '../../models/limits';
import { rejectedFields } from '../../models/rejected-fields';
import { type FieldValue, type FormValues, valueOf, withValue } from '../../models/values';
import { operationWords } from '../../words/operations';
import { type Runs } from '../runs/runs';

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

export interface EditorOptions {
  readonly capabilities: ReadonlySignal<Capabilities>;
  readonly runs: Pick<Runs, 'start'>;
  readonly encode: InputEncoder;
}

export function createEditor({ capabilities, runs, encode }: EditorOptions): Editor {
  const edits = computed(() => capabilities.value.edits ?? []);
  const operation = signal<string | undefined>(undefined);
  const valuesByName = signal<Readonly<Record<string, FormValues>>>({});
  const original = signal<EditInput | undefined>(undefined);
  const steps = signal<readonly Step[]>([]);
  const selectedKey = signal(ORIGINAL);
  const isPreparing = signal(false);
  const problem = signal<string | undefined>(undefined);
  /** What the last request was made of: its errors are shown until a value changes. */
  const sent = signal<{ readonly values: FormValues; readonly step: Step } | undefined>(undefined);
  const painting = createPainting();

  const edit = computed(() => edits.value.find((each) => each.operation === operation.value) ?? edits.value[0]);
  const form = computed(() => editForm(edit.value));
  const name = computed(() => operationWords(edit.value).family ?? edit.value.operation);
  const values = computed(() => valuesByName.value[name.value] ?? {});
  const change = (next: FormValues) => { valuesByName.value = { ...valuesByName.peek(), [name.peek()]: next }; };
  const versions = computed(() => versionsOf(original.value, steps.value));
  const selected = computed(() => versions.value.find(({ key }) => key === selectedKey.value) ?? versions.value[0]);
  const input = computed(() => inputVersion(versions.value, selectedKey.value)?.image);
  const shown = computed<FormValues>(() => ({ ...values.value, ...(input.value && { image: 'input' }), ...(painting.mask.value && { mask: 'painted' }) }));
  // without a seed, all images would be the same
  const count = computed(() => (hasSeed(edit.value) ? Number(valueOf(values.value, 'count') ?? COUNT.default) : 1));
  const frame = computed(() => SIDES.reduce((sides, side) => ({ ...sides, [side]: Number(valueOf(values.value, side) ?? 0) }), NO_FRAME));
  const rejected = computed(() => (sent.value && sent.value.values === values.value ? rejectedBy(sent.value.step) : []));
  const issues = computed(() => [...imageIssues(edit.value, input.value), ...formIssues(form.value, shown.value), ...rejected.value]);
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
    edits,
    edit,
    form,
    values,
    count,
    frame,
    painting,
    versions,
    selected,
    input,
    isPreparing,
    problem,
    issues,
    open: begin,
    close: () => begin(undefined),
    selectVersion: select,
    selectOperation: (next) => batch(() => {
      operation.value = next;
      problem.value = undefined;
    }),
    set: (field, value) => change(withValue(values.peek(), field, value)),
    setFrame: (next) => change(SIDES.reduce((others, side) => withValue(others, side, next[side] || undefined), values.peek())),
    async apply() {
      const from = inputVersion(versions.peek(), selectedKey.peek());
      if (issues.peek().some((issue) => !rejected.peek().includes(issue)) || !from?.image || isPreparing.peek()) return false;
      const current = { form: form.peek(), values: values.peek(), count: count.peek() };
      const acceptsMask = 'mask' in current.form.target.parameters;
      batch(() => {
        isPreparing.value = true;
        problem.value = undefined;
      });
      const opened = original.peek();
      const mask = acceptsMask && { mask: { pixels: painting.mask.peek()!, size: painting.image.peek() } };
      const encoded = await encode({ image: from.image, ...mask })
        .finally(() => { isPreparing.value = false; });
      // the user has opened another image in the meantime: nothing was requested
      if (original.peek() !== opened) return true;
      if (!encoded.ok) {
        problem.value = encoded.reason;
        return true;
      }
      const size = extendedSize(sizeOf(from.image), SIDES.every((side) => side in current.form.target.parameters) ? frame.peek() : NO_FRAME);
      const step = { run: runs.start(current.form, { ...current.values, ...encoded.values }, current.count, size), from: from.key };
      batch(() => {
        steps.value = [...steps.peek(), step];
        sent.value = { values: current.values, step };
        selectedKey.value = step.run.tiles[0].peek().id;
      });
      return true;
    },
    selectImage(reference) {
      const isRequested = ({ image }: Version) => isSameImage(image && referenceOf(image), reference);
      // a selected version that is still generated from this image keeps the selection
      const current = inputVersion(versions.peek(), selectedKey.peek());
      if (current && isRequested(current)) return true;
      const version = versions.peek().find(isRequested);
      if (version) select(version.key);
      return version !== undefined;
    },
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

function hasSeed({ parameters }: Edit): boolean {
  return 'seed' in parameters;
}

function editForm(edit: Edit): Form {
  const form = formOf(edit);
  return hasSeed(edit) ? form : { ...form, fields: form.fields.filter(({ name }) => name !== 'count') };
}

/** Returns whether the image fits the operation. */
function imageIssues({ parameters: { image: parameter } }: Edit, input: EditInput | undefined): readonly FieldIssue[] {
  const text = input && parameter?.type === 'image' ? imageIssue({ ...sizeOf(input), format: formatOfInput(input) }, parameter) : undefined;
  return text === undefined ? [] : [{ name: 'image', text }];
}

function rejectedBy({ run }: Step): readonly FieldIssue[] {
  return run.tiles.flatMap(({ value: tile }) => (tile.state === 'failed' && isInvalid(tile.problem) ? rejectedFields(tile.problem) : [])).slice(0, 1);
}

function isInvalid({ code }: ApiProblem): boolean {
  return code === 'INVALID_REQUEST';
}
