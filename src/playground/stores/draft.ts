/** The form: the model and the values of the next run. */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { COUNT } from '../../private/contract/request-limits';
import { type Capabilities, type Model, type Target } from '../../private/contract/responses';
import { type LocationFields } from '../location';
import { findModel } from '../models/capabilities';
import { type Form, formOf } from '../models/form';
import { readFields, writeFields } from '../models/form-fields';
import { type FieldIssue, formIssues } from '../models/limits';
import { resetText, switchForm } from '../models/switch-model';
import { type FieldValue, type FormValues, isSet, valueOf, withValue } from '../models/values';

export interface Draft {
  readonly form: ReadonlySignal<Form>;
  readonly model: ReadonlySignal<Model>;
  readonly values: ReadonlySignal<FormValues>;
  readonly prompt: ReadonlySignal<string>;
  /** Number of images. */
  readonly count: ReadonlySignal<number>;
  /** What does not fit, from this page and from the API. */
  readonly issues: ReadonlySignal<readonly FieldIssue[]>;
  /** Values that the selected model does not have, as one sentence each. */
  readonly resets: ReadonlySignal<readonly string[]>;
  /** Number of values under More settings that differ from the default. */
  readonly moreChanged: ReadonlySignal<number>;
  set(name: string, value: FieldValue | undefined): void;
  selectModel(id: string): void;
  /** Removes the values under More settings. */
  resetMore(): void;
  /** Shows errors of the API at their fields. They disappear with the next change of the field. */
  reject(issues: readonly FieldIssue[]): void;
  /** Replaces the model and the values, for example by those of an image. */
  use(model: string | undefined, values: FormValues): void;
  /** Replaces the model and the values by those of a location. */
  applyFields(fields: LocationFields): void;
  /** Returns the values that differ from the defaults, as fields of a location. */
  locationFields(): LocationFields;
  /** Returns the fields of a location for another model and other values. */
  locationFieldsOf(model: Target, values: FormValues): LocationFields;
}

export function createDraft(capabilities: ReadonlySignal<Capabilities>): Draft {
  const state = createDraftState(capabilities);
  const { modelName, values, resets, rejected, model, form, moreNames } = state;
  const replace = (name: string | undefined, next: FormValues, texts: readonly string[] = []) => batch(() => {
    modelName.value = name;
    values.value = next;
    resets.value = texts;
    rejected.value = [];
  });
  return {
    ...state,
    set: (name, value) => batch(() => {
      values.value = withValue(values.peek(), name, value);
      rejected.value = rejected.peek().filter((issue) => issue.name !== name);
    }),
    selectModel(id) {
      const switched = switchForm(form.peek(), formOf(findModel(capabilities.peek(), id)), values.peek());
      replace(id, switched.values, switched.resets.map(resetText));
    },
    resetMore() {
      values.value = moreNames.peek().reduce((kept: FormValues, name) => withValue(kept, name, undefined), values.peek());
    },
    reject: (issues) => { rejected.value = issues; },
    use: (name, next) => replace(name, next),
    applyFields(fields) {
      const known = findModel(capabilities.peek(), fields.model);
      replace(fields.model === undefined ? undefined : known.id, readFields(formOf(known), fields).values);
    },
    locationFields: () => writeModel(model.peek(), values.peek()),
    locationFieldsOf: (target, others) => writeModel(findModel(capabilities.peek(), target.id), others),
  };
}

/** The model and the values, and what follows from them. */
function createDraftState(capabilities: ReadonlySignal<Capabilities>) {
  const modelName = signal<string | undefined>(undefined);
  const values = signal<FormValues>({});
  const resets = signal<readonly string[]>([]);
  const rejected = signal<readonly FieldIssue[]>([]);
  const model = computed(() => findModel(capabilities.value, modelName.value));
  const form = computed(() => formOf(model.value));
  const moreNames = computed(() => form.value.fields.filter(({ group }) => group === 'more').map(({ name }) => name));
  return {
    modelName,
    values,
    resets,
    rejected,
    model,
    form,
    moreNames,
    prompt: computed(() => String(valueOf(values.value, 'prompt') ?? '')),
    count: computed(() => Number(valueOf(values.value, 'count') ?? COUNT.default)),
    issues: computed(() => [...formIssues(form.value, values.value), ...rejected.value]),
    moreChanged: computed(() => moreNames.value.filter((name) => isChanged(form.value, values.value, name)).length),
  };
}

function isChanged(form: Form, values: FormValues, name: string): boolean {
  const field = form.fields.find((candidate) => candidate.name === name);
  return isSet(values, name) && valueOf(values, name) !== field?.default;
}

function writeModel(model: Model, values: FormValues): LocationFields {
  return { ...(model.default ? {} : { model: model.alias ?? model.id }), ...writeFields(formOf(model), values) };
}
