import { EmptyStage } from './empty-stage';
import { Composer } from './form/composer';
import { Dock } from './form/dock';
import { focusPrompt } from './form/focus-prompt';
import { RunSection } from './runs/run-section';
import { useWorkspace } from '../../parts/context';
import { useGlobalKey } from '../../parts/use-global-key';
import { createRunsOf } from '../../stores/runs/tile-facts';
import { useViewFocus } from '../frame/use-view-focus';

/** Form and images. */
export function CreateView() {
  const { runs } = useWorkspace();
  const heading = useViewFocus('Create');
  useGlobalKey('/', focusPrompt);
  const shown = createRunsOf(runs.runs.value);
  return (
    <>
      <main class="create">
        <Composer />
        <div class="stage" id="main" tabIndex={-1}>
          <h1 class="vh" ref={heading} tabIndex={-1}>Create</h1>
          {shown.length === 0 && <EmptyStage />}
          {shown.map((run) => <RunSection key={run.id} run={run} />)}
        </div>
      </main>
      <Dock />
    </>
  );
}
