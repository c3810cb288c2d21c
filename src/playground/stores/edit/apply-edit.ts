/** The request of an edit. */
import { batch } from '@preact/signals-core';
import { sizeOf } from './edit-input';
import { type EditState } from './edit-state';
import { type InputEncoder } from './encode-inputs';
import { extendedSize, NO_FRAME, SIDES } from '../../editor/extend';
import { type Runs } from '../runs/runs';

export interface ApplyOptions {
  readonly runs: Pick<Runs, 'start'>;
  readonly encode: InputEncoder;
}

/** Requests the edit. Returns whether the form was complete. */
export async function applyEdit(state: EditState, { runs, encode }: ApplyOptions): Promise<boolean> {
  const { painting, isPreparing, problem, original } = state;
  const source = state.source.peek();
  if (state.formErrors.peek().length > 0 || !source?.image || isPreparing.peek()) return false;
  const [form, values, count, opened] = [state.form.peek(), state.values.peek(), state.count.peek(), original.peek()];
  const { parameters } = form.target;
  batch(() => {
    isPreparing.value = true;
    problem.value = undefined;
  });
  const mask = 'mask' in parameters && { mask: { pixels: painting.mask.peek()!, size: painting.image.peek() } };
  const encoded = await encode({ image: source.image, ...mask }).finally(() => { isPreparing.value = false; });
  // the user has opened another image in the meantime: nothing was requested
  if (original.peek() !== opened) return true;
  if (!encoded.ok) {
    problem.value = encoded.reason;
    return true;
  }
  const size = extendedSize(sizeOf(source.image), SIDES.every((side) => side in parameters) ? state.frame.peek() : NO_FRAME);
  const step = { run: runs.start(form, { ...values, ...encoded.values }, count, size), from: source.key };
  batch(() => {
    state.steps.value = [...state.steps.peek(), step];
    state.sent.value = { values, step };
    state.selectedKey.value = step.run.tiles[0].peek().id;
  });
  return true;
}
