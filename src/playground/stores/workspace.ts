/** The form and the runs, from the moment at which the page knows what the API can do. */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals-core';
import { type BudgetStore } from './budget';
import { createDraft, type Draft } from './draft';
import { type Library } from './library';
import { type Navigation } from './navigation';
import { type Notices } from './notices';
import { createPromptHelper, type PromptHelper } from './prompt-helper';
import { type Run } from './runs/run';
import { createRuns, type Runs } from './runs/runs';
import { idsOf, jobOf, newestOf } from './runs/tile-facts';
import { writeLater } from './write-later';
import { type Capabilities, type Target } from '../../private/contract/responses';
import { type Api } from '../api/api';
import { isEdit } from '../models/form';
import { rejectedFields } from '../models/rejected-fields';
import { promptOf } from '../models/request-body';
import { type FormValues } from '../models/values';
import { addDuration, expectedSeconds, type Durations } from '../runs/durations';
import { type Tile } from '../runs/tile';
import { isFinished, runSummary, tileAnnouncement } from '../words/states';

export interface Workspace {
  readonly draft: Draft;
  readonly runs: Runs;
  readonly helper: PromptHelper;
  /** Returns the expected seconds of an image. */
  expectedSeconds(target: Target): number;
  /** Requests the images of the form. Returns whether the form was complete. */
  generate(): boolean;
  /** Requests images with other values, such as those of a run with new seeds. */
  start(values: FormValues, run: Pick<Run, 'form'>, count: number): void;
}

export interface WorkspaceOptions {
  readonly api: Api;
  readonly capabilities: ReadonlySignal<Capabilities>;
  readonly library: Library;
  readonly budget: BudgetStore;
  readonly notices: Notices;
  readonly navigation: Navigation;
  readonly queued: boolean;
  readonly now: () => number;
  readonly random: () => number;
  readonly isHidden: () => boolean;
}

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { library, budget, navigation, capabilities } = options;
  const draft = createDraft(capabilities);
  const durations = signal<Durations>(new Map());
  const runs = createRuns({
    ...options,
    onRecord(record, run) {
      library.put(record);
      const prompt = promptOf(run.form, run.values);
      if (prompt !== '') library.keepPrompt(record.id, prompt);
      if (record.status === 'succeeded') budget.spend(record);
    },
    onChange(tile, previous, run) {
      announce(tile, run, options.notices);
      if (tile.state === 'ready' && previous.state !== 'ready' && tile.seconds !== undefined) {
        durations.value = addDuration(durations.peek(), run.form.target.id, tile.seconds);
      }
    },
    // the form of an edit reads the problem from its tile
    onInvalid: (problem, run) => { if (!isEdit(run.form.target)) draft.reject(rejectedFields(problem)); },
  });
  const start: Workspace['start'] = (values, { form }, count) => {
    runs.start(form, values, count);
  };
  syncDraft(draft, navigation);
  syncJobs(draft, runs, navigation);
  return {
    draft,
    runs,
    helper: createPromptHelper(draft, options.api),
    expectedSeconds: (target) => expectedSeconds(durations.value, target),
    generate() {
      if (draft.issues.peek().length > 0) return false;
      navigation.go({ view: 'create', fields: draft.locationFields(), run: [] });
      start(draft.values.peek(), { form: draft.form.peek() }, draft.count.peek());
      return true;
    },
    start,
  };
}

function announce(tile: Tile, run: Run, notices: Notices): void {
  const tiles = run.tiles.map((other) => other.peek());
  const text = tileAnnouncement(tile.state, tiles.findIndex(({ id }) => id === tile.id) + 1, tiles.length);
  if (text === undefined) return;
  if (tile.state === 'failed' || tile.state === 'unsure') notices.warn(text);
  else notices.announce(tiles.length > 1 && isFinished(tiles) ? runSummary(tiles) : text);
}

/** Writes the draft to the URL after the last key, and reads it when the user changes the URL. */
function syncDraft(draft: Draft, navigation: Navigation): void {
  const isSame = (fields: object) => JSON.stringify(fields) === JSON.stringify(draft.locationFields());
  effect(() => {
    const location = navigation.location.value;
    if (location.view === 'create' && !isSame(location.fields)) draft.applyFields(location.fields);
  });
  writeLater(() => [draft.values.value, draft.form.value], () => {
    const location = navigation.location.peek();
    if (location.view === 'create' && !isSame(location.fields)) navigation.replace({ ...location, fields: draft.locationFields() });
  });
}

/** Keeps the ids of the jobs of the newest run in the URL, and shows those of a URL. */
function syncJobs(draft: Draft, runs: Runs, navigation: Navigation): void {
  const location = navigation.location.peek();
  if (location.view === 'create' && location.run.length > 0) runs.restore(draft.form.peek(), draft.values.peek(), location.run);
  const jobs = computed(() => {
    const tiles = newestOf(runs.runs.value)?.tiles.map(({ value }) => value) ?? [];
    return tiles.some((tile) => jobOf(tile) !== undefined) ? idsOf(tiles) : undefined;
  });
  effect(() => {
    const ids = jobs.value;
    const current = navigation.location.peek();
    if (ids && current.view === 'create' && ids.join() !== current.run.join()) navigation.replace({ ...current, run: ids });
  });
}
