import type { HandlerContext } from './context';
import type { JsonObject } from '../../private/contract/json-object';

/** Throws if a prompt contains a denied word, and counts it as filtered. */
export function rejectDenied(data: JsonObject, { promptPolicy, measurements }: HandlerContext['ports']): void {
  try {
    promptPolicy.rejectDenied(data);
  } catch (error) {
    measurements.add('filtered');
    throw error;
  }
}
