import { Icon } from './icon';
import { type IconName } from './icon-paths';

export interface IconButtonProps {
  readonly icon: IconName;
  /** Name for screen readers, and the tooltip. */
  readonly label: string;
  readonly pressed?: boolean;
  readonly className?: string;
  /** Id of the popover that the button opens. */
  readonly popovertarget?: string;
  readonly onClick?: (event: MouseEvent) => void;
}

export function IconButton({ icon, label, pressed, className = '', popovertarget, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      class={`icon-btn ${className}`.trim()}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      popovertarget={popovertarget}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
