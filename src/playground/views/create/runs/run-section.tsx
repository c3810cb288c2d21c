import { useState } from 'preact/hooks';
import { RunMenu } from './run-menu';
import { TileItem } from './tile-item';
import { labelOf } from '../../../models/capabilities';
import { valueOf } from '../../../models/values';
import { Button } from '../../../parts/button';
import { usePage, useWorkspace } from '../../../parts/context';
import { cssVariables } from '../../../parts/css-variables';
import { LazyView } from '../../../parts/lazy-view';
import { type Run } from '../../../stores/runs/run';
import { isFinished, runSummary } from '../../../words/states';

const MAX_COMPARED = 4;

/** Prompt, settings and images of one run. */
export function RunSection({ run }: { readonly run: Run }) {
  const [dialog, setDialog] = useState<RunDialog | undefined>(undefined);
  const visible = run.tiles.filter(({ value }) => value.state !== 'deleted');
  if (visible.length === 0) return null;
  const images = visible.flatMap(({ value }) => (value.state === 'ready' ? [value.image] : []));
  const loadDialog = async () => {
    const { CodeDialog, CompareDialog } = await import('../../after-create');
    const onClose = () => setDialog(undefined);
    return () => (dialog === 'code' ? <CodeDialog body={run.body!} onClose={onClose} /> : <CompareDialog images={images} onClose={onClose} />);
  };
  return (
    <section class="run">
      <header>
        <div class="grow">
          <h2>{String(valueOf(run.values, 'prompt') ?? 'Queued images')}</h2>
          <p class="meta num"><RunMeta run={run} /></p>
        </div>
        {run.body && <RunActions run={run} canCompare={images.length >= 2 && images.length <= MAX_COMPARED} onDialog={setDialog} />}
      </header>
      <ul class={gridClass(run)} style={cssVariables({ ratio: run.ratio })}>
        {visible.map((tile) => <TileItem key={tile.peek().id} tile={tile} run={run} />)}
      </ul>
      {dialog && <LazyView load={loadDialog} isDialog />}
    </section>
  );
}

type RunDialog = 'code' | 'compare';

interface RunActionsProps {
  readonly run: Run;
  readonly canCompare: boolean;
  readonly onDialog: (dialog: RunDialog) => void;
}

/** What can be done with a run of this tab. */
function RunActions({ run, canCompare, onDialog }: RunActionsProps) {
  const { start } = useWorkspace();
  // a fixed seed would generate the same images
  const withNewSeeds = () => start({ ...run.values, seed: undefined }, run, run.tiles.length);
  const showCode = () => onDialog('code');
  return (
    <>
      <div class="row only-desk">
        <Button kind="ghost" size="small" icon="dice" onClick={withNewSeeds}>New seeds</Button>
        <Button kind="ghost" size="small" icon="code" onClick={showCode}>Code</Button>
      </div>
      <RunMenu run={run} onNewSeeds={withNewSeeds} onCode={showCode} {...(canCompare && { onCompare: () => onDialog('compare') })} />
    </>
  );
}

/** "16:9 · Stable Image Core · 3 of 4 ready" */
function RunMeta({ run }: { readonly run: Run }) {
  const { formats } = usePage();
  const tiles = run.tiles.map(({ value }) => value);
  const shape = run.form.fields.find(({ name }) => name === 'aspectRatio' || name === 'size');
  const value = shape && String(valueOf(run.values, shape.name) ?? shape.default ?? '').replace('x', ' × ');
  const isReady = isFinished(tiles) && tiles.every(({ state }) => state === 'ready');
  const state = isReady ? `${tiles.length} ${tiles.length === 1 ? 'image' : 'images'} · ${formats.time(run.createdAt)}` : runSummary(tiles);
  return <>{[...(value ? [value] : []), labelOf(run.form.target), state].join(' · ')}</>;
}

const WIDE = 1.3;
const TALL = 0.9;

/** Columns depend on the number of images and on their shape. */
function gridClass({ tiles, ratio }: Run): string {
  return ['grid', `n${Math.min(tiles.length, 4)}`, ratio > WIDE && 'wide', ratio < TALL && 'tall'].filter(Boolean).join(' ');
}
