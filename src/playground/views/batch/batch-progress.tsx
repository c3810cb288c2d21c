import { type RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { BatchRow } from './batch-row';
import { useBatches } from './use-batches';
import { cancellable, repeatable } from '../../batch/actions';
import { BATCH_STATES, batchProgress, progressSummary } from '../../batch/progress';
import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { cssVariables } from '../../parts/css-variables';
import { useNow } from '../../parts/use-now';
import { type ShownBatch } from '../../stores/batch/batches';
import { batchLine, NEW_BATCH } from '../../words/batch';

export interface BatchProgressProps {
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly shown: ShownBatch;
}

/** A batch: its progress, and a row for each image. */
export function BatchProgressView({ heading, shown }: BatchProgressProps) {
  const { notices } = usePage();
  const progress = batchProgress(shown);
  const summary = progressSummary(progress);
  const line = useBatchLine(shown, progress.finished, summary);
  useEffect(() => { if (progress.finished) notices.announce(summary); }, [progress.finished]);
  return (
    <main class="page narrow" id="main" tabIndex={-1}>
      <header>
        <div class="grow stack">
          <h1 ref={heading} tabIndex={-1}>Batch of {progress.total}</h1>
          <p class="hint num">{line}</p>
        </div>
        <BatchActions shown={shown} isFinished={progress.finished} />
      </header>
      <div class="bar-all" role="img" aria-label={summary}>
        {BATCH_STATES.map((state) => <i key={state} class={state} style={cssVariables({ w: `${((progress.counts[state] ?? 0) / progress.total) * 100}%` })} />)}
      </div>
      <table class="table num">
        <thead>
          <tr><th class="pic"><span class="vh">Image</span></th><th>Prompt</th><th>Status</th><th class="only-desk">Time</th><th><span class="vh">Actions</span></th></tr>
        </thead>
        <tbody>
          {shown.images.map((image, index) => <BatchRow key={image.id} image={image} {...(shown.prompts && { prompt: shown.prompts[index] })} />)}
        </tbody>
      </table>
    </main>
  );
}

/** Returns when it started, what is ready, how long the rest takes, and what it costs. Counts the cost of a batch of this tab. */
function useBatchLine({ createdAt, expectedAt, images, prompts }: ShownBatch, isFinished: boolean, summary: string): string {
  const { formats, library, budget } = usePage();
  const now = useNow(!isFinished, 1000);
  const records = images.flatMap(({ id }) => library.records.value.get(id) ?? []);
  const costs = records.flatMap(({ estimatedCostUsd }) => estimatedCostUsd ?? []);
  useEffect(() => records.forEach((record) => { if (prompts && record.status === 'succeeded') budget.spend(record); }), [records.length]);
  return batchLine({
    createdAt,
    summary,
    ...(!isFinished && expectedAt !== undefined && { secondsLeft: (expectedAt - now) / 1000 }),
    ...(costs.length > 0 && { costUsd: costs.reduce((sum, cost) => sum + cost, 0) }),
  }, formats);
}

/** What can be done with the batch. */
function BatchActions({ shown: { images }, isFinished }: { readonly shown: ShownBatch; readonly isFinished: boolean }) {
  const { navigation } = usePage();
  const batches = useBatches();
  const newBatch = () => navigation.go({ view: 'batch', fields: {} });
  const repeatFailed = () => {
    batches.repeatFailed();
    newBatch();
  };
  return (
    <>
      {cancellable(images).length > 0 && <Button onClick={() => void batches.cancelQueued()}>Cancel queued</Button>}
      {isFinished && repeatable(images).length > 0 && <Button icon="again" onClick={repeatFailed}>Try failed ones again</Button>}
      <Button kind="primary" icon="plus" onClick={newBatch}>{NEW_BATCH}</Button>
    </>
  );
}
