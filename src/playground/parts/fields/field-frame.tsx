import { type ComponentChildren } from 'preact';
import { Icon } from '../icon';

export interface FieldFrameProps {
  /** Id of the control. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly issue?: string;
  /** Shown at the end of the line of the label. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Label, control, hint and error of a field. The control has `aria-describedby={describedBy(id)}`. */
export function FieldFrame({ id, label, hint, issue, aside, children }: FieldFrameProps) {
  return (
    <div class="field">
      <div class="label-row"><label for={id} class="label">{label}</label>{aside}</div>
      {children}
      <FieldNotes id={id} hint={hint} issue={issue} />
    </div>
  );
}

/** The same for a group of radio buttons. */
export function GroupFrame({ id, label, hint, issue, children }: Omit<FieldFrameProps, 'aside'>) {
  return (
    <div class="field">
      <span id={`${id}-label`} class="label">{label}</span>
      {children}
      <FieldNotes id={id} hint={hint} issue={issue} />
    </div>
  );
}

/** The hint of a field, or what does not fit. */
export function FieldNotes({ id, hint, issue }: { readonly id: string; readonly hint?: string; readonly issue?: string }) {
  if (issue !== undefined) return <p id={`${id}-notes`} class="error-text"><Icon name="warning" />{issue}</p>;
  return hint === undefined ? null : <p id={`${id}-notes`} class="hint">{hint}</p>;
}

/** Returns the id of the hint or the error of a field. */
export function describedBy(id: string): string {
  return `${id}-notes`;
}
