import { focusPrompt } from './form/focus-prompt';
import { usePage, useWorkspace } from '../../parts/context';
import { cssVariables } from '../../parts/css-variables';
import { Icon } from '../../parts/icon';
import { IDEAS } from '../../words/ideas';
import { emptyCreate } from '../../words/situations';

const FRAMES = [['5rem', 0.67], ['6.5rem', 1], ['8.5rem', 1.25], ['6.5rem', 1], ['5rem', 1.5]] as const;
const SHOWN_IDEAS = 3;

/** Create without images: what happens, what it costs, and prompts to start with. */
export function EmptyStage() {
  const { formats, hasGallery } = usePage();
  const { draft, expectedSeconds } = useWorkspace();
  const model = draft.model.value;
  const { title, text } = emptyCreate({ seconds: expectedSeconds(model), priceUsd: model.priceUsd }, formats);
  const use = (idea: string) => {
    draft.set('prompt', idea);
    focusPrompt();
  };
  return (
    <div class="empty">
      <div class="frames" aria-hidden="true">
        {FRAMES.map(([height, ratio], index) => <i key={index} style={cssVariables({ fh: height, ratio })}>{index === 2 && <Icon name="image" />}</i>)}
      </div>
      <div class="stack">
        <h2 class="title">{title}</h2>
        <p>{text}</p>
        {!hasGallery && <p>Download what you want to keep.</p>}
      </div>
      <div class="ideas">
        {IDEAS.slice(0, SHOWN_IDEAS).map((idea) => <button type="button" key={idea} class="idea" onClick={() => use(idea)}><Icon name="idea" /><span>{idea}</span></button>)}
      </div>
    </div>
  );
}
