/** The runs of this tab: sends their requests and moves their tiles from state to state. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { createRequestQueue } from './request-queue';
import { type Run, type RunRequest } from './run';
import { isDirect, jobOf, recordIdOf } from './tile-facts';
import { createTimers } from './timers';
import { type ImageResponse } from '../../../private/contract/responses';
import { type Api } from '../../api/api';
import { type ApiProblem } from '../../api-result';
import { type Form, isEdit } from '../../models/form';
import { requestBody } from '../../models/request-body';
import { imageRatio } from '../../models/shapes';
import { type Size } from '../../models/size-limits';
import { type FormValues } from '../../models/values';
import { createKey, keyOfAgain } from '../../runs/keys';
import { createEvents, pollEvents, recordEvents } from '../../runs/outcomes';
import { planRun, type PlannedRequest } from '../../runs/plan';
import { pollDelay } from '../../runs/polls';
import { newTile, restoredTile, type Tile, type TileEvent } from '../../runs/tile';
import { reduceTile } from '../../runs/tile-reducer';

export interface Runs {
  /** Newest first. */
  readonly runs: ReadonlySignal<readonly Run[]>;
  /** Whether leaving the page would lose a request that is on its way. */
  readonly hasDirectRequests: ReadonlySignal<boolean>;
  /** `input`: size of the image that an edit returns, if its form does not say so. */
  start(form: Form, values: FormValues, count: number, input?: Size): Run;
  /** Shows jobs whose ids are in the URL. */
  restore(form: Form, values: FormValues, jobIds: readonly string[]): Run;
  /** Stops waiting for an image, or cancels its job. */
  stop(tile: Signal<Tile>): Promise<void>;
  /** Requests an image again. */
  again(tile: Signal<Tile>): void;
  /** Repeats a waiting request now. */
  tryNow(tile: Signal<Tile>): void;
  /** The image of a record was deleted. */
  deleted(id: string): void;
  /** The image of a record has expired. */
  expired(record: ImageResponse): void;
  /** Requests the status of all jobs now: the tab is shown or online again. */
  wake(): void;
}

export interface RunsOptions {
  readonly api: Pick<Api, 'createImages' | 'editImage' | 'getImage' | 'deleteImage'>;
  /** Whether requests are enqueued. A job continues when the page is closed. */
  readonly queued: boolean;
  readonly now: () => number;
  /** Returns a number from 0 to below 1. */
  readonly random: () => number;
  readonly isHidden: () => boolean;
  /** Receives each record that the API returns for a run. */
  readonly onRecord: (record: ImageResponse, run: Run) => void;
  /** A tile has changed its state. */
  readonly onChange: (tile: Tile, previous: Tile, run: Run) => void;
  /** The API rejected values of the form. */
  readonly onInvalid: (problem: ApiProblem, run: Run) => void;
}

/** A request with its run. */
interface Work extends RunRequest {
  readonly run: Run;
}

export function createRuns(options: RunsOptions): Runs {
  return new RunStore(options);
}

class RunStore implements Runs {
  public readonly runs = signal<readonly Run[]>([]);
  public readonly hasDirectRequests = computed(() => this.runs.value.some(({ tiles }) => tiles.some(({ value }) => isDirect(value))));
  private readonly queue = createRequestQueue();
  private readonly repeats = createTimers<Work>();
  private readonly polls = createTimers<Work>();
  private readonly works = new Map<Signal<Tile>, Work>();
  private readonly controllers = new Map<Work, AbortController>();

  constructor(private readonly options: RunsOptions) {}

  public start(form: Form, values: FormValues, count: number, input?: Size): Run {
    const { now, random } = this.options;
    const { seed: seedLimits } = form.target.parameters;
    const planned = planRun({
      count,
      imagesPerCall: 'imagesPerCall' in form.target ? Number(form.target.imagesPerCall) : 1,
      ...(seedLimits?.type === 'integer' && { seedLimits }),
      ...(typeof values.seed === 'number' && { fixedSeed: values.seed }),
      random,
    });
    const keys = planned.map(createKey);
    const tiles = Array.from({ length: count }, (_, position) => {
      const index = planned.findIndex((request) => request.tiles.includes(position));
      return signal(newTile(createKey(), keys[index], now()));
    });
    const run = { ...this.newRun(form, values, tiles, input), body: requestBody(form, values, planned[0]) };
    this.runs.value = [run, ...this.runs.peek()];
    const works = planned.map((request) => this.workOf(run, request));
    this.enqueue(works);
    return run;
  }

  public restore(form: Form, values: FormValues, jobIds: readonly string[]): Run {
    const tiles = jobIds.map((id) => signal(restoredTile(id, createKey(), this.options.now())));
    const run = this.newRun(form, values, tiles);
    this.runs.value = [run, ...this.runs.peek()];
    for (const tile of tiles) {
      const work: Work = { run, count: 1, tiles: [tile] };
      this.works.set(tile, work);
      void this.poll(work);
    }
    return run;
  }

  public async stop(tile: Signal<Tile>): Promise<void> {
    const work = this.works.get(tile)!;
    const current = tile.peek();
    if (current.state === 'queued') {
      await this.cancel(work, current.jobId);
      return;
    }
    this.repeats.clear(work);
    this.dispatch(work, { type: 'stop' });
    this.controllers.get(work)?.abort();
  }

  public again(tile: Signal<Tile>): void {
    const { run, body, tiles } = this.works.get(tile)!;
    if (!body) return;
    const key = keyOfAgain(tile.peek(), { bodyChanged: tiles.length > 1 });
    // other images of the request can be ready, so only this one is requested, with another seed
    const work: Work = tiles.length === 1 ? this.works.get(tile)! : { run, count: 1, tiles: [tile], body: this.singleBody(run) };
    this.works.set(tile, work);
    this.dispatch(work, { type: 'again', key });
    this.enqueue([work]);
  }

  public tryNow(tile: Signal<Tile>): void {
    this.repeat(this.works.get(tile)!, true);
  }

  public deleted(id: string): void {
    this.dispatchToImage(id, { type: 'deleted' });
  }

  public expired({ id }: ImageResponse): void {
    this.dispatchToImage(id, { type: 'expired' });
  }

  public wake(): void {
    this.polls.fireAll();
  }

  private newRun(form: Form, values: FormValues, tiles: readonly Signal<Tile>[], input?: Size): Run {
    return { id: createKey(), createdAt: this.options.now(), form, values, ratio: imageRatio(form, values, input), tiles };
  }

  private workOf(run: Run, planned: PlannedRequest): Work {
    const { count, seed, tiles: positions } = planned;
    const tiles = positions.map((position) => run.tiles[position]);
    const work: Work = { run, count, tiles, body: requestBody(run.form, run.values, { count, ...(seed !== undefined && { seed }) }) };
    for (const tile of tiles) this.works.set(tile, work);
    return work;
  }

  private singleBody({ form, values }: Run) {
    const { seed } = form.target.parameters;
    const [planned] = planRun({ count: 1, imagesPerCall: 1, ...(seed?.type === 'integer' && { seedLimits: seed }), random: this.options.random });
    return requestBody(form, values, planned);
  }

  private enqueue(works: readonly Work[]): void {
    this.queue.add(...works.map((work) => ({
      count: work.count,
      isOpen: () => work.tiles.some((tile) => tile.peek().state === 'sending'),
      send: () => this.send(work),
    })));
  }

  private async send(work: Work): Promise<void> {
    const { api, queued, now, random, onInvalid } = this.options;
    const { key, attempt, repeats } = work.tiles[0].peek();
    const controller = new AbortController();
    this.controllers.set(work, controller);
    this.dispatch(work, { type: 'sent', direct: !queued }, attempt);
    const request = isEdit(work.run.form.target) ? api.editImage : api.createImages;
    const result = await request(work.body!, { key, enqueue: queued, signal: controller.signal });
    // the user can have stopped waiting and requested it again
    if (this.controllers.get(work) === controller) this.controllers.delete(work);
    if (result.ok) this.options.onRecord(result.value, work.run);
    const events = createEvents(result, { tiles: work.tiles.length, repeats, now: now(), random: random() });
    work.tiles.forEach((tile, index) => this.dispatchTo(tile, events[index], attempt));
    if (!result.ok && 'problem' in result && result.problem.code === 'INVALID_REQUEST') onInvalid(result.problem, work.run);
    this.continue(work);
  }

  /** Waits for the repetition of a request, or polls its job. */
  private continue(work: Work): void {
    const tile = work.tiles[0].peek();
    const { now, isHidden } = this.options;
    if (tile.state === 'waiting') this.repeats.set(work, tile.repeatAt - now(), () => this.repeat(work, false));
    else if (jobOf(tile) !== undefined) this.polls.set(work, pollDelay((now() - tile.startedAt) / 1000, isHidden()), () => void this.poll(work));
  }

  private repeat(work: Work, byUser: boolean): void {
    this.repeats.clear(work);
    this.dispatch(work, { type: 'repeat', byUser });
    this.enqueue([work]);
  }

  private async poll(work: Work): Promise<void> {
    const jobId = work.tiles.map((tile) => jobOf(tile.peek())).find((id) => id !== undefined);
    if (jobId === undefined) return;
    const { attempt } = work.tiles[0].peek();
    const result = await this.options.api.getImage(jobId);
    if (result.ok) this.options.onRecord(result.value, work.run);
    const events = result.ok ? recordEvents(result.value, work.tiles.length) : pollEvents(result, work.tiles.length);
    if (events) work.tiles.forEach((tile, index) => this.dispatchTo(tile, events[index], attempt));
    this.continue(work);
  }

  private async cancel(work: Work, jobId: string): Promise<void> {
    this.dispatch(work, { type: 'cancel' });
    const result = await this.options.api.deleteImage(jobId);
    const code = !result.ok && 'problem' in result ? result.problem.code : undefined;
    if (result.ok || code === 'NOT_FOUND') this.dispatch(work, { type: 'cancelled' });
    else this.dispatch(work, { type: code === 'IN_PROGRESS' ? 'cancelRefused' : 'cancelLost' });
  }

  /** Sends an event to the tiles of a record. */
  private dispatchToImage(id: string, event: TileEvent): void {
    const tiles = this.runs.peek().flatMap((run) => run.tiles);
    for (const tile of tiles) if (recordIdOf(tile.peek()) === id) this.dispatchTo(tile, event);
  }

  private dispatch(work: Work, event: TileEvent, attempt?: number): void {
    for (const tile of work.tiles) this.dispatchTo(tile, event, attempt);
  }

  private dispatchTo(tile: Signal<Tile>, event: TileEvent, attempt?: number): void {
    const previous = tile.peek();
    const next = reduceTile(previous, { ...event, at: this.options.now(), ...(attempt !== undefined && { attempt }) });
    if (next === previous) return;
    tile.value = next;
    const work = this.works.get(tile);
    if (work) this.options.onChange(next, previous, work.run);
  }
}
