import { type ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface DialogProps {
  /** Name for screen readers. */
  readonly label: string;
  readonly className?: string;
  /** Esc, a click beside the dialog, or its own button. */
  readonly onClose: () => void;
  /** Whether Esc and clicks beside the dialog leave it open. */
  readonly stays?: boolean;
  readonly children: ComponentChildren;
}

/** A modal dialog. The browser keeps the focus inside; when it closes, the focus returns to where it was. */
export function Dialog({ label, className, onClose, stays, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current!;
    const before = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      aria-label={label}
      class={className}
      onCancel={(event) => {
        event.preventDefault();
        if (!stays) onClose();
      }}
      onClick={(event) => { if (event.target === ref.current && !stays) onClose(); }}
    >
      {children}
    </dialog>
  );
}
