import { ImproveButton } from './improve-button';
import { Button } from '../../../parts/button';
import { useWorkspace } from '../../../parts/context';

/** Help with the prompt, below its text. */
export function PromptTools() {
  const { helper } = useWorkspace();
  return (
    <>
      <ImproveButton />
      <Button kind="ghost" size="small" icon="idea" onClick={() => helper.showIdeas()}>Ideas</Button>
    </>
  );
}
