/** The signals of the Edit view: the choices of the user, and the values that are computed from them. */
import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { type EditInput, formatOfInput, sizeOf } from './edit-input';
import { createPainting } from './painting';
import { inputVersion, ORIGINAL, type Step, versionsOf } from './versions';
import { COUNT } from '../../../private/contract/request-limits';
import { type Capabilities, type Edit } from '../../../private/contract/responses';
import { type ApiProblem } from '../../api-result';
import { NO_FRAME, SIDES } from '../../editor/extend';
import { type Form, formOf } from '../../models/form';
import { imageIssue } from '../../models/image-limits';
import { type FieldIssue, formIssues } from '../../models/limits';
import { rejectedFields } from '../../models/rejected-fields';
import { type FormValues, valueOf } from '../../models/values';
import { operationWords } from '../../words/operations';

export type EditState = ReturnType<typeof createEditState>;

export function createEditState(capabilities: ReadonlySignal<Capabilities>) {
  const operation = signal<string | undefined>(undefined);
  const valuesByName = signal<Readonly<Record<string, FormValues>>>({});
  const original = signal<EditInput | undefined>(undefined);
  const steps = signal<readonly Step[]>([]);
  const selectedKey = signal(ORIGINAL);
  const isPreparing = signal(false);
  const problem = signal<string | undefined>(undefined);
  /** Values and step of the last request. Its errors are shown until a value changes. */
  const sent = signal<{ readonly values: FormValues; readonly step: Step } | undefined>(undefined);
  const painting = createPainting();

  const edits = computed(() => capabilities.value.edits ?? []);
  const edit = computed(() => edits.value.find((each) => each.operation === operation.value) ?? edits.value[0]);
  const form = computed(() => editForm(edit.value));
  const name = computed(() => operationWords(edit.value).family ?? edit.value.operation);
  const values = computed(() => valuesByName.value[name.value] ?? {});
  const versions = computed(() => versionsOf(original.value, steps.value));
  const selected = computed(() => versions.value.find(({ key }) => key === selectedKey.value) ?? versions.value[0]);
  /** The version that the next edit starts from. */
  const source = computed(() => inputVersion(versions.value, selectedKey.value));
  const input = computed(() => source.value?.image);
  const shown = computed<FormValues>(() => ({ ...values.value, ...(input.value && { image: 'input' }), ...(painting.mask.value && { mask: 'painted' }) }));
  // without a seed, all images would be the same
  const count = computed(() => (hasSeed(edit.value) ? Number(valueOf(values.value, 'count') ?? COUNT.default) : 1));
  const frame = computed(() => SIDES.reduce((sides, side) => ({ ...sides, [side]: Number(valueOf(values.value, side) ?? 0) }), NO_FRAME));
  /** Issues that the page finds. Those that the API returned are in `rejected`. */
  const formErrors = computed(() => [...imageIssues(edit.value, input.value), ...formIssues(form.value, shown.value)]);
  const rejected = computed(() => (sent.value && sent.value.values === values.value ? rejectedBy(sent.value.step) : []));
  const issues = computed<readonly FieldIssue[]>(() => [...formErrors.value, ...rejected.value]);
  const chosen = { operation, valuesByName, original, steps, selectedKey, isPreparing, problem, sent, painting };
  return { ...chosen, edits, edit, form, name, values, versions, selected, source, input, count, frame, formErrors, issues };
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
