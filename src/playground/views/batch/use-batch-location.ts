import { useEffect } from 'preact/hooks';
import { usePage, useWorkspace } from '../../parts/context';
import { type Batches } from '../../stores/batch/batches';
import { writeLater } from '../../stores/write-later';

/** Field of the URL with the prompts. */
const PROMPTS = 'prompts';
/** Longer lists stay in the memory of the tab. */
const MAX_LENGTH = 20_000;

/** Reads the prompts and the settings of the URL, and keeps them there. */
export function useBatchLocation(batches: Batches): void {
  const { navigation } = usePage();
  const { draft } = useWorkspace();
  useEffect(() => {
    const { [PROMPTS]: text, ...settings } = location().fields;
    if (Object.keys(settings).length > 0) draft.applyFields({ ...draft.locationFields(), ...settings });
    if (text !== undefined && batches.text.peek() === '') batches.text.value = text;
    const read = () => [batches.text.value, draft.values.value, draft.form.value];
    return writeLater(read, () => {
      const prompts = batches.text.peek();
      const current = navigation.location.peek();
      if (current.view !== 'batch' || current.id !== undefined) return;
      const { prompt: _, count: __, ...others } = draft.locationFields();
      navigation.replace({ view: 'batch', fields: { ...others, ...(prompts !== '' && prompts.length <= MAX_LENGTH && { [PROMPTS]: prompts }) } });
    });
  }, []);

  function location() {
    const base = navigation.base.peek();
    return base.view === 'batch' ? base : { fields: {} as Readonly<Record<string, string>> };
  }
}
