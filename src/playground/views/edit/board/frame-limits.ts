import { type Edit } from '../../../../private/contract/responses';
import { type FrameLimits, SIDES } from '../../../editor/extend';

/** Returns the maximum of each side, from the parameters of the operation. */
export function frameLimits({ parameters }: Edit): FrameLimits {
  return Object.fromEntries(SIDES.map((side) => {
    const parameter = parameters[side];
    return [side, parameter?.type === 'integer' ? parameter.maximum : 0];
  })) as unknown as FrameLimits;
}
