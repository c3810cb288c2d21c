import { FormNote } from './form-note';
import { GenerateButton } from './generate-button';
import { PromptField } from './prompt-field';
import { PromptTools } from './prompt-tools';
import { SettingsFields } from './settings-fields';
import { Suggestion } from './suggestion';
import { useGenerate } from './use-generate';

/** The form on the left of wide windows. */
export function Composer() {
  const generate = useGenerate();
  return (
    <form class="composer" aria-label="New image" noValidate onSubmit={generate.onSubmit} onKeyDown={generate.onKeyDown}>
      <div class="scroll">
        <PromptField hasLabel rows={4} placeholder="A lighthouse in a storm, seen from a small boat" foot={(count) => <><PromptTools />{count}</>}>
          <Suggestion />
        </PromptField>
        <SettingsFields />
      </div>
      <div class="go">
        <FormNote />
        <GenerateButton wide explains={generate.explains} />
      </div>
    </form>
  );
}
