/** Pointers of the canvas: which ones paint, and which ones pan and zoom. */
import { distance, type Point } from './geometry';
import { type Fingers } from './zoom';

export interface PointerInput {
  readonly type: 'down' | 'move' | 'up' | 'cancel';
  readonly id: number;
  readonly pointer: 'mouse' | 'pen' | 'touch';
  /** Position on the canvas in screen pixels. */
  readonly at: Point;
  /** Milliseconds. */
  readonly time: number;
  /** Whether the middle button is pressed or Space is held. */
  readonly pans?: boolean;
}

interface Pressed {
  readonly id: number;
  readonly at: Point;
}

export type PointerMode =
  | { readonly mode: 'idle' }
  /** A stroke that is not shown yet: a second finger can discard it. */
  | { readonly mode: 'pending'; readonly id: number; readonly start: Point; readonly time: number; readonly points: readonly Point[] }
  | { readonly mode: 'stroke'; readonly id: number }
  | { readonly mode: 'pan'; readonly id: number; readonly at: Point }
  | { readonly mode: 'pinch'; readonly fingers: readonly [Pressed, Pressed] };

export interface PointerState {
  readonly pointer: PointerMode;
  /** Whether a pen was used: touch then pans only, so that the palm does not paint. */
  readonly hasPen: boolean;
}

export const NO_POINTERS: PointerState = { pointer: { mode: 'idle' }, hasPen: false };

/** What the canvas has to do. */
export type Gesture =
  | { readonly type: 'beginStroke'; readonly points: readonly Point[] }
  | { readonly type: 'extendStroke'; readonly point: Point }
  | { readonly type: 'endStroke' }
  | { readonly type: 'discardStroke' }
  | { readonly type: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly type: 'pinch'; readonly before: Fingers; readonly after: Fingers };

export interface PointerStep {
  readonly state: PointerState;
  readonly gestures: readonly Gesture[];
}

/** A stroke begins after this distance in screen pixels, or after this time. */
export const COMMIT_DISTANCE = 4;
export const COMMIT_MS = 60;

/** Returns the state after an input, and what the canvas has to do. */
export function stepPointers(state: PointerState, input: PointerInput): PointerStep {
  void input;
  void distance;
  return { state, gestures: [] };
}

/** Returns the state after Esc: a stroke is discarded. */
export function discardStroke(state: PointerState): PointerStep {
  return { state, gestures: [] };
}
