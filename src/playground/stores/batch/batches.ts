/** The Batch view: the prompts of a new batch, and the progress of one. It outlives the view, so that nothing gets lost. */
import { batch as together, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { type ErrorCode } from '../../../private/contract/errors';
import { type BatchImage, type BatchResponse } from '../../../private/contract/responses';
import { type Api } from '../../api/api';
import { type ApiProblem, type LostReason } from '../../api-result';
import { cancellable, repeatable } from '../../batch/actions';
import { type LineIssue, lineIssues, type PromptLine, promptLines } from '../../batch/lines';
import { batchProgress } from '../../batch/progress';
import { batchBody, batchIssues } from '../../batch/requests';
import { createKey, NEW_KEY } from '../../runs/keys';
import { pollDelay } from '../../runs/polls';
import { type Draft } from '../draft';
import { type Library } from '../library';
import { createTimers } from '../runs/timers';

/** A batch that is shown. */
export interface ShownBatch extends BatchResponse {
  /** Prompts in the order of the items. Absent for a batch of another tab. */
  readonly prompts?: readonly string[];
  /** Epoch milliseconds at which the API expects it to be complete, if this tab knows. */
  readonly expectedAt?: number;
}

/** Why a batch was not created, or is not shown. */
export type BatchFailure = { readonly problem: ApiProblem } | { readonly lost: LostReason };

export interface Batches {
  /** One prompt a line. */
  readonly text: Signal<string>;
  readonly lines: ReadonlySignal<readonly PromptLine[]>;
  /** What does not fit, from this page and from the API. */
  readonly issues: ReadonlySignal<readonly LineIssue[]>;
  readonly isSending: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<BatchFailure | undefined>;
  /** The batch of the URL, if it was found. */
  readonly shown: ReadonlySignal<ShownBatch | undefined>;
  /** Enqueues the prompts. Returns the id of the batch, or undefined if it was not created. */
  create(): Promise<string | undefined>;
  /** Shows a batch, and requests its progress until all items have ended. */
  open(id: string): Promise<void>;
  /** Ends the requests for progress. */
  close(): void;
  /** Requests the progress now: the tab is shown or online again. */
  wake(): void;
  /** Cancels the jobs that have not begun. */
  cancelQueued(): Promise<void>;
  /** Puts the prompts that failed into the form, without those that were filtered. */
  repeatFailed(): void;
}

export interface BatchesOptions {
  readonly api: Pick<Api, 'createBatch' | 'getBatch' | 'deleteImage'>;
  readonly draft: Pick<Draft, 'form' | 'values'>;
  readonly library: Pick<Library, 'load' | 'keepPrompt' | 'records' | 'promptOf'>;
  readonly now: () => number;
  /** Returns a number from 0 to below 1. */
  readonly random: () => number;
  readonly isHidden: () => boolean;
}

export function createBatches(options: BatchesOptions): Batches {
  return new BatchStore(options);
}

/** Errors of a poll after which another one has the same result. */
const FINAL: readonly ErrorCode[] = ['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED', 'INVALID_REQUEST'];
/** Number of records that are requested at the same time. */
const LOADS = 4;

class BatchStore implements Batches {
  public readonly text = signal('');
  public readonly isSending = signal(false);
  public readonly failure = signal<BatchFailure | undefined>(undefined);
  public readonly shown = signal<ShownBatch | undefined>(undefined);
  public readonly lines = computed(() => promptLines(this.text.value));
  public readonly issues = computed<readonly LineIssue[]>(() => {
    const { form, values } = this.options.draft;
    const rejected = this.rejected.value?.text === this.text.value ? this.rejected.value.issues : [];
    return [...lineIssues(this.lines.value, form.value, values.value), ...rejected];
  });

  private readonly rejected = signal<{ readonly text: string; readonly issues: readonly LineIssue[] } | undefined>(undefined);
  private readonly polls = createTimers<string>();
  /** Key and body of a request whose outcome is not known: the same body is sent with the same key. */
  private pending: { readonly body: string; readonly key: string; readonly content: ReturnType<typeof batchBody> } | undefined;
  private openId: string | undefined;
  private openedAt = 0;
  /** Ids of records that were requested. One that does not exist is not requested again. */
  private readonly loaded = new Set<string>();

  constructor(private readonly options: BatchesOptions) {}

  public async create(): Promise<string | undefined> {
    const lines = this.lines.peek();
    const text = this.text.peek();
    if (lines.length === 0 || this.issues.peek().length > 0 || this.isSending.peek()) return undefined;
    const { api, now } = this.options;
    const { key, content } = this.requestOf(lines);
    this.isSending.value = true;
    const result = await api.createBatch(content, key);
    this.isSending.value = false;
    if (!result.ok) {
      this.fail({ lines, text }, 'problem' in result ? { problem: result.problem } : { lost: result.lost });
      return undefined;
    }
    const { id, images, estimatedSeconds } = result.value;
    const prompts = lines.map(({ prompt }) => prompt);
    images.forEach((image, index) => this.options.library.keepPrompt(image.id, prompts[index]));
    together(() => {
      this.pending = undefined;
      this.failure.value = undefined;
      // what was typed since then is kept
      if (this.text.peek() === text) this.text.value = '';
      this.shown.value = { id, images, counts: {}, createdAt: new Date(now()).toISOString(), prompts, expectedAt: now() + estimatedSeconds * 1000 };
    });
    return id;
  }

  public async open(id: string): Promise<void> {
    this.close();
    this.openedAt = this.options.now();
    if (this.shown.peek()?.id !== id) {
      together(() => {
        this.shown.value = undefined;
        this.failure.value = undefined;
      });
    }
    await this.poll(id);
  }

  public close(): void {
    if (this.openId !== undefined) this.polls.clear(this.openId);
    this.openId = undefined;
  }

  public wake(): void {
    this.polls.fireAll();
  }

  public async cancelQueued(): Promise<void> {
    const shown = this.shown.peek();
    if (!shown) return;
    // a job that has begun returns 409 and continues
    await Promise.all(cancellable(shown.images).map((id) => this.options.api.deleteImage(id)));
    await this.open(shown.id);
  }

  public repeatFailed(): void {
    const { images, prompts } = this.shown.peek()!;
    const { library } = this.options;
    const promptOf = (position: number): string | undefined => {
      const record = library.records.peek().get(images[position].id);
      const known = record && library.promptOf(record);
      return prompts?.[position] ?? (known?.kept ? known.text : undefined);
    };
    this.text.value = repeatable(images).flatMap((position) => promptOf(position) ?? []).join('\n');
  }

  /** The same prompts and settings after a lost connection are the same request: seeds and key stay. */
  private requestOf(lines: readonly PromptLine[]): { readonly key: string; readonly content: ReturnType<typeof batchBody> } {
    const { draft: { form, values }, random } = this.options;
    const body = JSON.stringify([lines, form.peek().target.id, values.peek()]);
    if (this.pending?.body !== body) this.pending = { body, key: createKey(), content: batchBody(lines, form.peek(), values.peek(), random) };
    return this.pending;
  }

  private fail({ lines, text }: { readonly lines: readonly PromptLine[]; readonly text: string }, failure: BatchFailure): void {
    const isInvalid = 'problem' in failure && failure.problem.code === 'INVALID_REQUEST';
    const { lines: issues, others } = batchIssues(isInvalid ? failure.problem.errors ?? [] : [], lines);
    together(() => {
      this.rejected.value = { text, issues };
      // the lines say it already
      this.failure.value = isInvalid && issues.length > 0 && others.length === 0 ? undefined : failure;
    });
    // the outcome of the others is not known, or jobs of a part of the prompts are enqueued: the same request continues with the same key
    if ('problem' in failure && NEW_KEY.includes(failure.problem.code)) this.pending = undefined;
  }

  private async poll(id: string): Promise<void> {
    this.openId = id;
    const { api, now, isHidden } = this.options;
    const result = await api.getBatch(id);
    // the user can have opened another one
    if (this.openId !== id) return;
    const isRefused = !result.ok && 'problem' in result;
    const isGone = isRefused && FINAL.includes(result.problem.code);
    // a batch that is shown stays, and is requested again
    if (isRefused && (isGone || !this.shown.peek())) this.failure.value = { problem: result.problem };
    if (result.ok) {
      this.failure.value = undefined;
      const before = this.shown.peek();
      const { prompts, expectedAt } = before?.id === id ? before : {} as Partial<ShownBatch>;
      this.shown.value = { ...result.value, ...(prompts && { prompts }), ...(expectedAt !== undefined && { expectedAt }) };
      await this.loadRecords(result.value);
    }
    const isFinished = result.ok && batchProgress(result.value).finished;
    if (isGone || isFinished || this.openId !== id) return;
    this.polls.set(id, pollDelay((now() - this.openedAt) / 1000, isHidden()), () => void this.poll(id));
  }

  /** Loads the records of images that are ready, for their URLs and prompts. */
  private async loadRecords({ images }: BatchResponse): Promise<void> {
    const { library } = this.options;
    const hasRecord = ({ id, status }: BatchImage) => library.records.peek().get(id)?.status === status;
    // the prompts of failed ones are for a repetition
    const missing = images.filter((image) => ['succeeded', 'failed'].includes(image.status) && !hasRecord(image) && !this.loaded.has(image.id));
    for (const { id } of missing) this.loaded.add(id);
    for (let start = 0; start < missing.length; start += LOADS) {
      await Promise.all(missing.slice(start, start + LOADS).map(({ id }) => library.load(id)));
    }
  }
}
