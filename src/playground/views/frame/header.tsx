import { AccountMenu } from './account-menu';
import { Meter } from './meter';
import { Tabs } from './tabs';
import { usePage } from '../../parts/context';
import { Icon } from '../../parts/icon';

/** The bar at the top. Tabs, cost and account appear when the page knows what the API can do. */
export function Header() {
  const { configuration, workspace } = usePage();
  return (
    <header class="top">
      <a class="brand" href="#/create"><span class="mark"><Icon name="image" /></span><span class="clip">{configuration.name}</span></a>
      {workspace.value && <Tabs />}
      {workspace.value && <div class="end"><Meter /><AccountMenu /></div>}
    </header>
  );
}
