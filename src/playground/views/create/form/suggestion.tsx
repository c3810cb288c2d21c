import { Button } from '../../../parts/button';
import { useWorkspace } from '../../../parts/context';

/** Ideas or a better prompt, below the prompt. The user decides. */
export function Suggestion() {
  const { helper } = useWorkspace();
  const help = helper.help.value;
  const close = () => helper.close();
  switch (help.kind) {
    case 'none': return null;
    case 'improving': return <div class="suggestion mute" role="status">Improving…</div>;
    case 'failed': return (
      <div class="suggestion" role="status">
        <p>The text model did not answer. Your prompt is as it was.</p>
        <div class="row"><Button size="small" onClick={() => void helper.improve()}>Try again</Button><Button kind="ghost" size="small" onClick={close}>Close</Button></div>
      </div>
    );
    case 'ideas': return (
      <div class="suggestion">
        {help.ideas.map((idea) => <button type="button" key={idea} class="pick" onClick={() => helper.use(idea)}>{idea}</button>)}
        <div class="row"><Button size="small" onClick={() => helper.showIdeas()}>Others</Button><Button kind="ghost" size="small" onClick={close}>Close</Button></div>
      </div>
    );
    case 'suggestion': return (
      <div class="suggestion" role="status">
        <p>{help.text}</p>
        <div class="row"><Button size="small" onClick={() => helper.use(help.text)}>Use it</Button><Button kind="ghost" size="small" onClick={close}>Keep mine</Button></div>
      </div>
    );
    case 'used': return (
      <div class="suggestion row" role="status"><span class="grow mute">The prompt was replaced.</span><Button size="small" icon="undo" onClick={() => helper.undo()}>Undo</Button></div>
    );
  }
}
