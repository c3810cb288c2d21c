import { usePage } from '../../../parts/context';
import { radioKeys, radioProps } from '../../../parts/radio-keys';
import { operationGroups, operationWords } from '../../../words/operations';
import { useEditor } from '../use-editor';

/** The ways to enlarge an image, with their prices and what each of them keeps. */
export function EnlargeCards() {
  const { formats } = usePage();
  const editor = useEditor();
  const members = operationGroups(editor.edits.value).flatMap(({ edits }) => edits).filter((edit) => operationWords(edit).family === 'Enlarge');
  const operations = members.map(({ operation }) => operation);
  return (
    <div class="cards" role="radiogroup" aria-label="How to enlarge" onKeyDown={radioKeys(operations, (operation) => editor.selectOperation(operation))}>
      {members.map((edit, index) => {
        const { label, hint } = operationWords(edit);
        return (
          <button key={edit.operation} class="pick" {...radioProps(edit === editor.edit.value, index === 0, members.includes(editor.edit.value))} onClick={() => editor.selectOperation(edit.operation)}>
            <span class="label-row"><b>{label}</b>{edit.priceUsd !== undefined && <span class="num">{formats.money(edit.priceUsd)}</span>}</span>
            <span class="hint">{hint}</span>
          </button>
        );
      })}
    </div>
  );
}
