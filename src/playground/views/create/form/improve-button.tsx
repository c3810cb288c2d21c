import { Button } from '../../../parts/button';
import { usePage, useWorkspace } from '../../../parts/context';
import { IconButton } from '../../../parts/icon-button';

/** Requests a better prompt from the text model. Only for an API with a text model. */
export function ImproveButton({ isIcon }: { readonly isIcon?: boolean }) {
  const { connection } = usePage();
  const { helper, draft } = useWorkspace();
  if (!connection.capabilities.value?.text || draft.prompt.value.trim() === '') return null;
  const improve = () => void helper.improve();
  if (isIcon) return <IconButton icon="create" label="Improve the prompt" onClick={improve} />;
  return <Button kind="ghost" size="small" icon="create" busy={helper.help.value.kind === 'improving'} onClick={improve}>Improve</Button>;
}
