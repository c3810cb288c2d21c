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
  const { navigation, formats, library, budget, notices } = usePage();
  const batches = useBatches();
  const progress = batchProgress(shown);
  const now = useNow(!progress.finished, 1000);
  const summary = progressSummary(progress);
  const records = shown.images.flatMap(({ id }) => library.records.value.get(id) ?? []);
  const costs = records.flatMap(({ estimatedCostUsd }) => estimatedCostUsd ?? []);
  const secondsLeft = progress.finished || shown.expectedAt === undefined ? undefined : (shown.expectedAt - now) / 1000;
  useEffect(() => records.forEach((record) => { if (shown.prompts && record.status === 'succeeded') budget.spend(record); }), [records.length]);
  useEffect(() => { if (progress.finished) notices.announce(summary); }, [progress.finished]);
  const newBatch = () => navigation.go({ view: 'batch', fields: {} });
  return (
    <main class="page narrow" id="main" tabIndex={-1}>
      <header>
        <div class="grow stack">
          <h1 ref={heading} tabIndex={-1}>Batch of {progress.total}</h1>
          <p class="hint num">
            {batchLine({
              createdAt: shown.createdAt,
              summary,
              ...(secondsLeft !== undefined && { secondsLeft }),
              ...(costs.length > 0 && { costUsd: costs.reduce((sum, cost) => sum + cost, 0) }),
            }, formats)}
          </p>
        </div>
        {cancellable(shown.images).length > 0 && <Button onClick={() => void batches.cancelQueued()}>Cancel queued</Button>}
        {progress.finished && repeatable(shown.images).length > 0 && (
          <Button
            icon="again"
            onClick={() => {
              batches.repeatFailed();
              newBatch();
            }}
          >
            Try failed ones again
          </Button>
        )}
        <Button kind="primary" icon="plus" onClick={newBatch}>{NEW_BATCH}</Button>
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
