import { useState } from 'preact/hooks';
import { ShortcutsDialog } from './shortcuts-dialog';
import { type Theme } from '../../location';
import { usePage } from '../../parts/context';
import { Menu, MenuItem } from '../../parts/menu';
import { SIGN_OUT, signedInAs } from '../../words/sign-in';

const THEMES: readonly { readonly theme?: Theme; readonly label: string }[] = [
  { label: 'Theme of the system' }, { theme: 'light', label: 'Light theme' }, { theme: 'dark', label: 'Dark theme' },
];

/** Theme, shortcuts, and other credentials. */
export function AccountMenu() {
  const { navigation, session } = usePage();
  const [showsKeys, setShowsKeys] = useState(false);
  const selected = navigation.location.value.theme;
  return (
    <>
      <Menu label="Account and settings" icon="account">
        {THEMES.map(({ theme, label }) => (
          <MenuItem key={label} icon={theme === selected ? 'check' : 'theme'} onClick={() => navigation.setTheme(theme)}>{label}</MenuItem>
        ))}
        <hr />
        <MenuItem icon="keyboard" onClick={() => setShowsKeys(true)}>Keyboard shortcuts</MenuItem>
        {/* a reload forgets the credentials and the images of their owner; the draft is in the URL */}
        {session.fields.length > 0 && <MenuItem icon="key" onClick={() => window.location.reload()}>Use another {session.auth.type === 'apiKey' ? 'key' : 'token'}</MenuItem>}
        {session.users && <MenuItem icon="leave" onClick={() => void session.users!.signOut()}>{SIGN_OUT}</MenuItem>}
        {session.users && <p class="hint">{signedInAs(session.users.user.value ?? '')}</p>}
      </Menu>
      {showsKeys && <ShortcutsDialog onClose={() => setShowsKeys(false)} />}
    </>
  );
}
