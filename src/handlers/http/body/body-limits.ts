import type { FieldError } from '../../../private/contract/errors';
import { pointerTo } from '../../requests/validation-errors';

// The validators report each invalid value, so what they get must be small. No request comes near these limits.

/** Fields of one object. Clients of legacy routes send fields that the API ignores. */
const MAX_FIELDS = 1_000;
/** Values of one list. */
const MAX_ITEMS = 1_000;
/** Values of the whole body. */
const MAX_VALUES = 10_000;
/** Objects and lists within each other. */
const MAX_DEPTH = 20;

interface Container {
  readonly value: object;
  readonly pointer: string;
  readonly depth: number;
}

/** Returns the first limit that a parsed JSON body exceeds. Stops there. */
export function bodyLimitError(body: object): FieldError | undefined {
  let values = 0;
  const open: Container[] = [{ value: body, pointer: '', depth: 1 }];
  for (let container = open.pop(); container; container = open.pop()) {
    const { value, pointer, depth } = container;
    const fieldError = containerError(container);
    if (fieldError) return fieldError;
    const entries = Object.entries(value);
    values += entries.length;
    if (values > MAX_VALUES) return { pointer: '', detail: `the body must have at most ${MAX_VALUES} values` };
    for (const [name, item] of entries) {
      if (typeof item === 'object' && item !== null) open.push({ value: item, pointer: pointer + pointerTo(name), depth: depth + 1 });
    }
  }
  return undefined;
}

function containerError({ value, pointer, depth }: Container): FieldError | undefined {
  const subject = pointer === '' ? 'the body ' : '';
  if (depth > MAX_DEPTH) return { pointer: firstName(pointer), detail: `must have at most ${MAX_DEPTH} levels of objects and lists` };
  if (Array.isArray(value)) return value.length > MAX_ITEMS ? { pointer, detail: `must have at most ${MAX_ITEMS} values, got ${value.length}` } : undefined;
  const { length } = Object.keys(value);
  return length > MAX_FIELDS ? { pointer, detail: `${subject}must have at most ${MAX_FIELDS} fields, got ${length}` } : undefined;
}

/** A deep pointer would be long. */
function firstName(pointer: string): string {
  return pointer.split('/').slice(0, 2).join('/');
}
