import { useState } from 'preact/hooks';
import { ShortcutsDialog } from './shortcuts-dialog';
import { type Theme } from '../../location';
import { usePage } from '../../parts/context';
import { Menu, MenuItem } from '../../parts/menu';
import { SIGN_OUT, signedInAs } from '../../words/sign-in';

const THEMES: readonly { readonly theme?: Theme; readonly label: string }[] = [
  { label: 'Theme of the system' }, { theme: 'light', label: 'Light theme' }, { theme: 'dark', label: 'Dark theme' },
];

/** Menu with the theme, the keyboard shortcuts, and sign-out or a change of credentials. */
export function AccountMenu() {
  const { navigation, session } = usePage();
  const [showsShortcuts, setShowsShortcuts] = useState(false);
  const selected = navigation.location.value.theme;
  return (
    <>
      <Menu label="Account and settings" icon="account">
        {THEMES.map(({ theme, label }) => (
          <MenuItem key={label} icon={theme === selected ? 'check' : 'theme'} onClick={() => navigation.setTheme(theme)}>{label}</MenuItem>
        ))}
        <hr />
        <MenuItem icon="keyboard" onClick={() => setShowsShortcuts(true)}>Keyboard shortcuts</MenuItem>
        {/* a reload discards the credentials and the loaded images of their owner, and keeps the draft, which is in the URL */}
        {session.fields.length > 0 && <MenuItem icon="key" onClick={() => window.location.reload()}>Use another {session.auth.type === 'apiKey' ? 'key' : 'token'}</MenuItem>}
        {session.userSession && <MenuItem icon="leave" onClick={() => void session.userSession!.signOut()}>{SIGN_OUT}</MenuItem>}
        {session.userSession && <p class="hint">{signedInAs(session.userSession.user.value ?? '')}</p>}
      </Menu>
      {showsShortcuts && <ShortcutsDialog onClose={() => setShowsShortcuts(false)} />}
    </>
  );
}
