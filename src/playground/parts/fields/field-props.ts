import { type Field } from '../../models/form';
import { type FieldValue } from '../../models/values';

/** What a control gets. */
export interface FieldProps {
  readonly field: Field;
  readonly value: FieldValue | undefined;
  /** What does not fit. */
  readonly issue?: string;
  readonly onChange: (value: FieldValue | undefined) => void;
}
