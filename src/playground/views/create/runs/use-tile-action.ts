import { type TileProps } from './tile-props';
import { isEdit } from '../../../models/form';
import { usePage, useWorkspace } from '../../../parts/context';
import { useCopy } from '../../../parts/copy';
import { type Action } from '../../../words/message';
import { focusPrompt } from '../form/focus-prompt';

/** Returns what the buttons of a tile without an image do. */
export function useTileAction({ tile, run }: TileProps): (action: Action) => void {
  const { session, navigation } = usePage();
  const { runs, draft } = useWorkspace();
  const copy = useCopy();
  return (action) => {
    switch (action) {
      case 'tryNow': return runs.tryNow(tile);
      case 'tryAgain':
      case 'generateAgain': return runs.again(tile);
      case 'cancel': return void runs.stop(tile);
      case 'copyNumber': {
        const current = tile.peek();
        return void ('problem' in current && copy(current.problem.requestId, 'Copied the number of the request.'));
      }
      case 'changePrompt':
        // the form of an edit still has its prompt
        if (!isEdit(run.form.target)) draft.set('prompt', run.values.prompt);
        return focusPrompt();
      case 'useAnotherModel': return document.querySelector<HTMLElement>('.composer select.input, .dock .btn')?.focus();
      case 'openGallery': return navigation.go({ view: 'gallery', size: 'm' });
      // the card with the credentials appears above the page
      case 'useAnotherKey':
      case 'signIn': return session.reject();
      case 'create': return focusPrompt();
      case 'chooseImage': return document.querySelector<HTMLElement>('[data-choose-image]')?.focus();
    }
  };
}
