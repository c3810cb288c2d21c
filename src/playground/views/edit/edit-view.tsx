import { Board } from './board/board';
import { ChooseView } from './choose/choose-view';
import { EditForm } from './form/edit-form';
import { Operations } from './form/operations';
import { useEditLocation } from './use-edit-location';
import { useEditor } from './use-editor';
import { useFiles } from './use-files';
import { addStyles } from '../../parts/view-styles';
import styles from '../../styles/edit.view.css';
import { useViewFocus } from '../frame/use-view-focus';

addStyles(styles);

/** Edit: the choice of an image, or the image with the operations. */
export function EditView() {
  const editor = useEditor();
  const heading = useViewFocus('Edit');
  const { isLoading, isMissing } = useEditLocation(editor);
  const files = useFiles(editor);
  if (!editor.input.value) {
    return <main class="page" id="main" tabIndex={-1}><ChooseView heading={heading} isLoading={isLoading} isMissing={isMissing} files={files} /></main>;
  }
  return (
    <main class="edit" id="main" tabIndex={-1}>
      <h1 class="vh" ref={heading} tabIndex={-1}>Edit</h1>
      <Operations />
      <Board />
      <EditForm />
    </main>
  );
}
