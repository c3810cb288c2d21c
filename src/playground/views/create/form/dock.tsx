import { useState } from 'preact/hooks';
import { FormNote } from './form-note';
import { GenerateButton } from './generate-button';
import { ImproveButton } from './improve-button';
import { PromptField } from './prompt-field';
import { SettingsSheet } from './settings-sheet';
import { Suggestion } from './suggestion';
import { useGenerate } from './use-generate';
import { valueOf } from '../../../models/values';
import { Button } from '../../../parts/button';
import { useWorkspace } from '../../../parts/context';

/** The form of narrow windows: the prompt above the tabs, the settings in a sheet. */
export function Dock() {
  const generate = useGenerate();
  const [showsSettings, setShowsSettings] = useState(false);
  return (
    <>
      <form class="dock" aria-label="New image, short form" noValidate onSubmit={generate.onSubmit} onKeyDown={generate.onKeyDown}>
        <FormNote />
        <PromptField
          rows={1}
          placeholder="Describe an image"
          foot={() => (
            <>
              <Button kind="ghost" size="small" icon="settings" onClick={() => setShowsSettings(true)}><SettingsSummary /></Button>
              <ImproveButton isIcon />
              <span class="grow" />
              <GenerateButton explains={generate.explains} />
            </>
          )}
        >
          <Suggestion />
        </PromptField>
      </form>
      {showsSettings && <SettingsSheet onClose={() => setShowsSettings(false)} />}
    </>
  );
}

/** "16:9 · 4 images" */
function SettingsSummary() {
  const { draft } = useWorkspace();
  const count = draft.count.value;
  const field = draft.form.value.fields.find(({ name }) => name === 'aspectRatio' || name === 'size');
  const shape = field && String(valueOf(draft.values.value, field.name) ?? field.default ?? '').replace('x', ' × ');
  return <span class="num clip">{[...(shape ? [shape] : []), count === 1 ? '1 image' : `${count} images`].join(' · ')}</span>;
}
