import { useWorkspace, usePage } from '../../../parts/context';
import { useCopy } from '../../../parts/copy';
import { Menu, MenuItem } from '../../../parts/menu';
import { type Run } from '../../../stores/runs/run';

export interface RunMenuProps {
  readonly run: Run;
  readonly onNewSeeds: () => void;
  readonly onCode: () => void;
  /** Absent unless two to four images are ready. */
  readonly onCompare?: () => void;
}

/** What can be done with the settings of a run. */
export function RunMenu({ run, onNewSeeds, onCode, onCompare }: RunMenuProps) {
  const { draft } = useWorkspace();
  const { navigation } = usePage();
  const copy = useCopy();
  const { form: { target }, values } = run;
  const copySettings = () => {
    const fragment = navigation.href({ view: 'create', fields: draft.locationFieldsOf(target, values), run: [] });
    void copy(new URL(fragment, window.location.href).href, 'Copied. The link fills the form; it generates nothing.');
  };
  return (
    <Menu label="More">
      <span class="only-phone">
        <MenuItem icon="dice" onClick={onNewSeeds}>New seeds</MenuItem>
        <MenuItem icon="code" onClick={onCode}>Code</MenuItem>
      </span>
      {onCompare && <MenuItem icon="compare" onClick={onCompare}>Compare</MenuItem>}
      <MenuItem icon="settings" onClick={() => draft.use(target.id, values)}>Use all settings</MenuItem>
      <MenuItem icon="pencil" onClick={() => draft.set('prompt', values.prompt)}>Use prompt</MenuItem>
      <MenuItem icon="link" onClick={copySettings}>Copy link to settings</MenuItem>
    </Menu>
  );
}
