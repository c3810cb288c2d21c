import { type Edit } from '../../../../private/contract/responses';
import { usePage } from '../../../parts/context';
import { Icon } from '../../../parts/icon';
import { operationGroups, operationWords } from '../../../words/operations';
import { operationIcon } from '../operation-icons';
import { useEditor } from '../use-editor';

/** The operations by group, at the left of wide windows. */
export function Operations() {
  const editor = useEditor();
  return (
    <nav class="ops" aria-label="Edits">
      {operationGroups(editor.edits.value).map(({ group, edits }) => (
        <div key={group}>
          <h2>{group}</h2>
          {families(edits).map((members) => <OperationButton key={members[0].operation} members={members} />)}
        </div>
      ))}
    </nav>
  );
}

/** The same in one row, for narrow windows. */
export function OperationBar() {
  const editor = useEditor();
  const all = operationGroups(editor.edits.value).flatMap(({ edits }) => families(edits));
  return (
    <nav class="opsbar" aria-label="Edits">
      {all.map((members) => {
        const { family, label } = operationWords(members[0]);
        return (
          <button key={members[0].operation} type="button" class="chip" aria-pressed={members.includes(editor.edit.value)} onClick={() => editor.selectOperation(members[0].operation)}>
            {family ?? label}
          </button>
        );
      })}
    </nav>
  );
}

function OperationButton({ members }: { readonly members: readonly Edit[] }) {
  const { formats } = usePage();
  const editor = useEditor();
  const [first] = members;
  const { family, label } = operationWords(first);
  const prices = members.flatMap(({ priceUsd }) => priceUsd ?? []);
  const isCurrent = members.includes(editor.edit.value);
  return (
    <button type="button" class="op" aria-current={isCurrent ? 'true' : undefined} onClick={() => { if (!isCurrent) editor.selectOperation(first.operation); }}>
      <Icon name={operationIcon(first.operation)} />
      <span class="clip">{family ?? label}</span>
      {prices.length > 0 && <span class="num">{formats.money(Math.min(...prices))}{members.length > 1 ? '+' : ''}</span>}
    </button>
  );
}

/** Puts operations of one family together, in the place of the first one. */
function families(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const byFamily = new Map<string, Edit[]>();
  for (const edit of edits) {
    const key = operationWords(edit).family ?? edit.operation;
    byFamily.set(key, [...byFamily.get(key) ?? [], edit]);
  }
  return [...byFamily.values()];
}
