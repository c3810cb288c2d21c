import { type ComponentChildren } from 'preact';
import { Icon } from './icon';
import { type IconName } from './icon-paths';

export interface NoteProps {
  readonly tone?: 'warn' | 'danger';
  readonly icon: IconName;
  readonly title?: string;
  readonly children?: ComponentChildren;
}

/** A message in the place that is reserved for it. */
export function Note({ tone = undefined, icon, title, children }: NoteProps) {
  return (
    <div class={['note', tone].filter(Boolean).join(' ')} role="status">
      <Icon name={icon} />
      <div class="grow">
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
