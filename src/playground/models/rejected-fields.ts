/** Errors of the API at the fields of the form. */
import { type FieldIssue } from './limits';
import { type ApiProblem } from '../api-result';

/** Returns the errors of a problem by field. */
export function rejectedFields({ errors = [] }: ApiProblem): readonly FieldIssue[] {
  return errors.map(({ pointer, detail }) => ({ name: fieldOf(pointer), text: `This value ${detail}.` }));
}

/** Returns the field of a JSON pointer such as `/aspectRatio`. */
function fieldOf(pointer: string): string {
  const name = pointer.split('/')[1] ?? pointer;
  return name === 'width' || name === 'height' ? 'size' : name;
}
