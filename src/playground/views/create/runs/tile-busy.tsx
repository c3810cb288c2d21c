import { type TileProps } from './tile-props';
import { usePage, useWorkspace } from '../../../parts/context';
import { cssVariables } from '../../../parts/css-variables';
import { IconButton } from '../../../parts/icon-button';
import { useNow } from '../../../parts/use-now';
import { progressAt, QUEUED_PROGRESS } from '../../../runs/progress';
import { CANCEL_REFUSED } from '../../../words/situations';
import { progressText } from '../../../words/states';

const TICK_MS = 250;

/** An image that is on its way: progress, and X to cancel. */
export function TileBusy({ tile, run }: TileProps) {
  const { formats } = usePage();
  const { runs, expectedSeconds } = useWorkspace();
  const now = useNow(true, TICK_MS);
  const current = tile.value;
  if (current.state !== 'sending' && current.state !== 'generating' && current.state !== 'queued') return null;
  const elapsed = Math.max(0, (now - (current.state === 'queued' ? current.startedAt : current.since)) / 1000);
  const expected = expectedSeconds(run.form.target);
  const number = run.tiles.length > 1 ? run.tiles.indexOf(tile) + 1 : undefined;
  const { title, time } = progressText(current.state, {
    elapsedSeconds: elapsed,
    expectedSeconds: expected,
    ...(number !== undefined && { number }),
    ...(current.state === 'queued' && { estimatedSeconds: current.estimatedSeconds }),
  }, formats);
  const progress = current.state === 'queued' ? QUEUED_PROGRESS : current.state === 'sending' ? 0 : progressAt(elapsed, expected);
  const canCancel = current.state !== 'generating' || current.jobId === undefined;
  const refused = current.state === 'queued' && current.cancel === 'refused';
  return (
    <li class="tile" onKeyDown={(event) => { if (event.key === 'Escape' && canCancel) void runs.stop(tile); }}>
      <div class="frame working" style={cssVariables({ ratio: run.ratio })}>
        {canCancel && <div class="corner"><IconButton icon="close" label="Cancel" onClick={() => void runs.stop(tile)} /></div>}
        <div class="progress num" style={cssVariables({ v: `${(progress * 100).toFixed(1)}%` })}>
          {refused && <div class="mute">{CANCEL_REFUSED}</div>}
          <div class="row"><span>{title}</span><span class="mute">{time}</span></div>
          <div class="line" role="progressbar" aria-label={title} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(progress * 100)} aria-valuetext={time || title} />
        </div>
      </div>
      <p class="cap" aria-hidden="true"><span>&nbsp;</span></p>
    </li>
  );
}
