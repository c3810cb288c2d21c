import { type FieldParameter } from './capabilities';
import { type FieldValue } from './values';

/** Returns the value that a control shows before the user changes it, and that a required field without a value is sent with. */
export function initialValue(parameter: FieldParameter): FieldValue | undefined {
  if ('default' in parameter && parameter.default !== undefined) return parameter.default;
  switch (parameter.type) {
    case 'choice': return parameter.required ? parameter.values[0] : undefined;
    case 'integer': return Math.round((parameter.minimum + parameter.maximum) / 2);
    // without the error of binary fractions
    case 'number': return Number(((parameter.minimum + parameter.maximum) / 2).toFixed(4));
    case 'boolean': return false;
    default: return undefined;
  }
}
