import { Note } from '../../../parts/note';
import { unusableFile } from '../../../words/situations';
import { useEditor } from '../use-editor';

/** The place for a note above the button: an image that does not fit the operation, or a request that could not be sent. */
export function EditNote() {
  const editor = useEditor();
  const shown = new Set(editor.form.value.fields.filter(({ group }) => group !== 'canvas').map(({ name }) => name));
  const problem = editor.problem.value;
  if (problem !== undefined) return <Note tone="danger" icon="warning">{problem}</Note>;
  const image = editor.issues.value.find(({ name, text }) => !shown.has(name) && !['mask', 'left'].includes(name) && text !== '');
  if (!image) return null;
  const { title, text } = unusableFile(image.text);
  return <Note tone="warn" icon="warning" title={image.name === 'image' ? 'This image does not fit' : title}>{text}</Note>;
}
