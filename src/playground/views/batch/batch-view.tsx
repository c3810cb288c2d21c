import { useEffect } from 'preact/hooks';
import { BatchForm } from './batch-form';
import { BatchProgressView } from './batch-progress';
import { useBatchLocation } from './use-batch-location';
import { useBatches } from './use-batches';
import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { Note } from '../../parts/note';
import { onWake } from '../../parts/on-wake';
import { useProblemMessage } from '../../parts/use-problem-message';
import { addStyles } from '../../parts/view-styles';
import { type BatchFailure } from '../../stores/batch/batches';
import styles from '../../styles/batch.view.css';
import { batchMissing, NEW_BATCH } from '../../words/batch';
import { useViewFocus } from '../frame/use-view-focus';

addStyles(styles);

/** Batch: a new one, or the progress of the one in the URL. */
export function BatchView() {
  const { navigation } = usePage();
  const batches = useBatches();
  const base = navigation.base.value;
  const id = base.view === 'batch' ? base.id : undefined;
  const heading = useViewFocus('Batch');
  useBatchLocation(batches);
  useEffect(() => {
    if (id === undefined) return undefined;
    void batches.open(id);
    const endWake = onWake(() => batches.wake());
    return () => {
      batches.close();
      endWake();
    };
  }, [id]);
  if (id === undefined) return <BatchForm heading={heading} />;
  const shown = batches.shown.value;
  if (shown?.id === id) return <BatchProgressView heading={heading} shown={shown} />;
  const failure = batches.failure.value;
  return (
    <main class="page narrow" id="main" tabIndex={-1} aria-busy={failure === undefined}>
      <header><h1 class="grow" ref={heading} tabIndex={-1}>Batch</h1></header>
      {failure && <NotShown failure={failure} />}
      {failure && <Button onClick={() => navigation.go({ view: 'batch', fields: {} })}>{NEW_BATCH}</Button>}
    </main>
  );
}

/** Why a batch is not shown. */
function NotShown({ failure }: { readonly failure: BatchFailure }) {
  const messageOf = useProblemMessage();
  const isMissing = !('problem' in failure) || failure.problem.code === 'NOT_FOUND';
  const { title, text } = isMissing ? batchMissing() : messageOf(failure.problem);
  return <Note tone="danger" icon="warning" title={title}>{text}</Note>;
}
