import { useId } from 'preact/hooks';
import { labelOf } from '../../../models/capabilities';
import { endLine, modelLine } from '../../../models/prices';
import { usePage, useWorkspace } from '../../../parts/context';

/** The model, with price, duration and Region. With one model there is nothing to select. */
export function ModelField() {
  const { formats, connection } = usePage();
  const { draft, expectedSeconds } = useWorkspace();
  const id = useId();
  const models = connection.capabilities.value?.models ?? [];
  const model = draft.model.value;
  const end = endLine(model, formats);
  const facts = (
    <>
      <p class="hint num">{modelLine(model, expectedSeconds(model), formats)}</p>
      {end !== undefined && <p class="hint warn">{end}</p>}
      {draft.resets.value.map((reset) => <p key={reset} class="hint warn" role="status">{reset}</p>)}
    </>
  );
  if (models.length < 2) return <div class="field"><span class="label">{labelOf(model)}</span>{facts}</div>;
  return (
    <div class="field">
      <label for={id}>Model</label>
      <select id={id} class="input" value={model.id} onChange={(event) => draft.selectModel(event.currentTarget.value)}>
        {models.map((other) => <option key={other.id} value={other.id}>{labelOf(other)}</option>)}
      </select>
      {facts}
    </div>
  );
}
