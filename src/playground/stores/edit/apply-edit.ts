/** The request of an edit. */
import { batch } from '@preact/signals-core';
import { type EditInput, sizeOf } from './edit-input';
import { type EditState } from './edit-state';
import { type EncodedInputs, type InputEncoder } from './encode-inputs';
import { extendedSize, NO_FRAME, SIDES } from '../../editor/extend';
import { type Form } from '../../models/form';
import { type Runs } from '../runs/runs';

export interface ApplyOptions {
  readonly runs: Pick<Runs, 'start'>;
  readonly encode: InputEncoder;
}

/** Requests the edit. Returns whether the form was complete. */
export async function applyEdit(state: EditState, { runs, encode }: ApplyOptions): Promise<boolean> {
  const from = state.from.peek();
  if (state.formErrors.peek().length > 0 || !from?.image || state.isPreparing.peek()) return false;
  const [form, values, count, opened] = [state.form.peek(), state.values.peek(), state.count.peek(), state.original.peek()];
  const encoded = await encodeInputs(state, from.image, encode);
  // the user has opened another image in the meantime: nothing was requested
  if (state.original.peek() !== opened) return true;
  if (!encoded.ok) {
    state.problem.value = encoded.reason;
    return true;
  }
  const size = extendedSize(sizeOf(from.image), isExtend(form) ? state.frame.peek() : NO_FRAME);
  const step = { run: runs.start(form, { ...values, ...encoded.values }, count, size), from: from.key };
  batch(() => {
    state.steps.value = [...state.steps.peek(), step];
    state.sent.value = { values, step };
    state.selectedKey.value = step.run.tiles[0].peek().id;
  });
  return true;
}

function encodeInputs({ form, painting, isPreparing, problem }: EditState, image: EditInput, encode: InputEncoder): Promise<EncodedInputs> {
  const acceptsMask = 'mask' in form.peek().target.parameters;
  batch(() => {
    isPreparing.value = true;
    problem.value = undefined;
  });
  return encode({ image, ...(acceptsMask && { mask: { pixels: painting.mask.peek()!, size: painting.image.peek() } }) })
    .finally(() => { isPreparing.value = false; });
}

function isExtend({ target: { parameters } }: Form): boolean {
  return SIDES.every((side) => side in parameters);
}
