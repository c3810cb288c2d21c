import { type ComponentChildren, type Ref } from 'preact';
import { Icon } from './icon';
import { type IconName } from './icon-paths';

export interface ButtonProps {
  /** Default: an outlined button. */
  readonly kind?: 'primary' | 'ghost' | 'danger' | 'ghost danger';
  readonly size?: 'small' | 'big';
  readonly wide?: boolean;
  readonly icon?: IconName;
  readonly submit?: boolean;
  readonly busy?: boolean;
  /** The button does nothing; its text or the text near it says why. It can have the focus. */
  readonly explained?: boolean;
  readonly describedBy?: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly children: ComponentChildren;
}

export function Button({ kind, size, wide, icon, submit, busy, explained, describedBy, onClick, buttonRef, children }: ButtonProps) {
  return (
    <button
      ref={buttonRef}
      type={submit ? 'submit' : 'button'}
      class={['btn', kind, size, wide && 'wide'].filter(Boolean).join(' ')}
      aria-disabled={explained || undefined}
      aria-busy={busy || undefined}
      aria-describedby={describedBy}
      onClick={(event) => { if (!explained) onClick?.(event); }}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
