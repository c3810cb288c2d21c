import { usePage, useWorkspace } from '../../parts/context';
import { Icon } from '../../parts/icon';
import { type IconName } from '../../parts/icon-paths';

/** The views: at the top, on phones at the bottom. */
export function Tabs() {
  const { navigation, hasGallery, connection, configuration } = usePage();
  const { draft } = useWorkspace();
  const current = navigation.base.value.view;
  // the link contains the draft, which the view would lose otherwise
  void draft.values.value;
  const tab = (view: typeof current, href: string, icon: IconName, label: string) => (
    <a href={href} aria-current={current === view ? 'page' : undefined}><Icon name={icon} />{label}</a>
  );
  return (
    <nav class="tabs" aria-label="Main">
      {tab('create', navigation.href({ view: 'create', fields: draft.locationFields(), run: [] }), 'create', 'Create')}
      {connection.capabilities.value?.edits && tab('edit', navigation.href(navigation.lastEdit.value), 'brush', 'Edit')}
      {configuration.queued && tab('batch', navigation.href(navigation.lastBatch.value), 'list', 'Batch')}
      {hasGallery && tab('gallery', navigation.href({ view: 'gallery', size: 'm' }), 'grid', 'Gallery')}
    </nav>
  );
}
