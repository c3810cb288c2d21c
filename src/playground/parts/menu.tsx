import { type ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { Icon } from './icon';
import { IconButton } from './icon-button';
import { type IconName } from './icon-paths';

export interface MenuProps {
  /** Name of the button. */
  readonly label: string;
  readonly icon?: IconName;
  readonly className?: string;
  /** Entries: `MenuItem` and `hr`. */
  readonly children: ComponentChildren;
}

/** A button that opens a menu. The menu is a popover, so that nothing cuts it off, and Esc and a click elsewhere close it. */
export function Menu({ label, icon = 'more', className, children }: MenuProps) {
  const id = `menu-${useId()}`;
  const ref = useRef<HTMLDivElement>(null);
  const buttonRef = useRef<HTMLSpanElement>(null);
  return (
    <span ref={buttonRef}>
      <IconButton icon={icon} label={label} className={className} popovertarget={id} />
      <div
        ref={ref}
        id={id}
        class="menu"
        popover="auto"
        role="group"
        aria-label={label}
        onToggle={(event) => { if (event.newState === 'open') place(ref.current!, buttonRef.current!); }}
        // before the entry acts, so that a dialog that it opens returns the focus to the button of the menu
        onClickCapture={(event) => { if ((event.target as HTMLElement).closest('button, a')) ref.current!.hidePopover(); }}
        onKeyDown={moveFocus}
      >
        {children}
      </div>
    </span>
  );
}

export interface MenuItemProps {
  readonly icon?: IconName;
  readonly danger?: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

export function MenuItem({ icon, danger, onClick, children }: MenuItemProps) {
  return <button type="button" class={danger ? 'danger' : undefined} onClick={onClick}>{icon && <Icon name={icon} />}{children}</button>;
}

const GAP = 6;

/** Puts the menu below its button, or above it if there is no space, inside the window. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const { top, bottom, right } = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isBelow = bottom + GAP + height <= window.innerHeight || top < height;
  menu.style.left = `${Math.max(GAP, Math.min(right - width, window.innerWidth - width - GAP))}px`;
  menu.style.top = `${Math.max(GAP, isBelow ? bottom + GAP : top - GAP - height)}px`;
  menu.querySelector<HTMLElement>('button, a')?.focus({ preventScroll: true });
}

function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button, a')];
  const index = items.indexOf(document.activeElement as HTMLElement);
  items[(index + step + items.length) % items.length]?.focus();
}
