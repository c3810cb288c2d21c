import { type FunctionComponent } from 'preact';
import { ChipsField } from './chips-field';
import { type FieldProps } from './field-props';
import { ImageField } from './image-field';
import { NumberField } from './number-field';
import { SeedField } from './seed-field';
import { SegmentField } from './segment-field';
import { SelectField } from './select-field';
import { ShapesField } from './shapes-field';
import { SizeField } from './size-field';
import { SwitchField } from './switch-field';
import { TextField } from './text-field';
import { type ControlKind } from '../../models/controls';

/** The prompt, and what is painted or pulled on the canvas, have places of their own. */
const CONTROLS: Readonly<Record<ControlKind, FunctionComponent<FieldProps> | undefined>> = {
  prompt: undefined,
  text: TextField,
  texts: TextField,
  chips: ChipsField,
  shapes: ShapesField,
  segment: SegmentField,
  select: SelectField,
  slider: NumberField,
  number: NumberField,
  seed: SeedField,
  size: SizeField,
  image: ImageField,
  mask: undefined,
  frame: undefined,
  switch: SwitchField,
};

/** Returns whether a field has a control in the form. */
export function hasControl(kind: ControlKind): boolean {
  return CONTROLS[kind] !== undefined;
}

/** The control of a field. */
export function FieldControl(props: FieldProps) {
  const Control = CONTROLS[props.field.kind];
  return Control ? <Control {...props} /> : null;
}
