import { costOf } from '../../../models/prices';
import { Button } from '../../../parts/button';
import { usePage, useWorkspace } from '../../../parts/context';

export interface GenerateButtonProps {
  /** In the form: with the number of images, the price in words and the keys. In the dock: short. */
  readonly wide?: boolean;
  /** Whether the button says what is missing. */
  readonly explains: boolean;
}

/** The button with the price. It stays enabled while images are generated. */
export function GenerateButton({ wide, explains }: GenerateButtonProps) {
  const { draft } = useWorkspace();
  const { formats } = usePage();
  const count = draft.count.value;
  const [issue] = draft.issues.value;
  const cost = costOf(draft.model.value, count);
  // an empty prompt is no error before the first click, but nothing can be generated either
  if (explains && issue) return <Button kind="primary" size={wide ? 'big' : 'small'} wide={wide} submit>{issue.name === 'prompt' && draft.prompt.value.trim() === '' ? 'Describe an image first' : 'Check the settings'}</Button>;
  return (
    <Button kind="primary" size={wide ? 'big' : 'small'} wide={wide} submit>
      <span>{wide && count > 1 ? `Generate ${count} images` : 'Generate'}</span>
      {cost !== undefined && <span class="price num">{wide ? `about ${formats.money(cost)}` : formats.money(cost)}</span>}
      {wide && <span class="kbd" aria-hidden="true">Ctrl ↵</span>}
    </Button>
  );
}
