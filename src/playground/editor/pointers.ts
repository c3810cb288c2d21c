/** Pointers of the canvas: which ones paint, and which ones pan and zoom. A pure state machine; the canvas gives it events and does what it returns. */
import { distance, type Point } from './geometry';
import { type Fingers } from './zoom';

export type PointerKind = 'mouse' | 'pen' | 'touch';

export interface PointerInput {
  /** `tick`: time passes, for a pointer that does not move. The canvas sends it `COMMIT_MS` after `down`. */
  readonly type: 'down' | 'move' | 'up' | 'cancel' | 'tick';
  readonly id: number;
  readonly kind: PointerKind;
  /** Position on the canvas in screen pixels. */
  readonly at: Point;
  /** Milliseconds. */
  readonly time: number;
  /** Whether the middle button is pressed, or Space is held. */
  readonly pans?: boolean;
}

interface Pressed {
  readonly id: number;
  readonly kind: PointerKind;
  /** Last position. */
  readonly at: Point;
}

/** A stroke that is not shown yet, because a second finger can discard it. */
interface Pending extends Pressed { readonly mode: 'pending'; readonly since: number; readonly points: readonly [Point, ...Point[]] }
interface Painting extends Pressed { readonly mode: 'stroke' }
interface Panning extends Pressed { readonly mode: 'pan' }
interface Pinching { readonly mode: 'pinch'; readonly fingers: readonly [Pressed, Pressed] }

export type PointerMode = { readonly mode: 'idle' } | Pending | Painting | Panning | Pinching;

export interface PointerState {
  readonly pointer: PointerMode;
  /** Whether a pen was used. Touch then only pans and zooms, so that the palm does not paint. */
  readonly hasPen: boolean;
}

export const NO_POINTERS: PointerState = { pointer: { mode: 'idle' }, hasPen: false };

/** What the canvas does. Points are in screen pixels. */
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
const COMMIT_DISTANCE = 4;
export const COMMIT_MS = 60;

/** Returns the state after an input, and what the canvas does. */
export function stepPointers(state: PointerState, input: PointerInput): PointerStep {
  if (input.type === 'down') return press(state, input);
  const { pointer } = state;
  switch (pointer.mode) {
    case 'idle': return stay(state);
    case 'pinch': return stepPinch(state, pointer, input);
    default: return input.id === pointer.id ? stepSingle(state, pointer, input) : stay(state);
  }
}

/** Returns the state after Esc: a stroke is discarded. */
export function discardStroke(state: PointerState): PointerStep {
  const { mode } = state.pointer;
  if (mode !== 'stroke' && mode !== 'pending') return stay(state);
  return go(state, { mode: 'idle' }, ...(mode === 'stroke' ? [{ type: 'discardStroke' } as const] : []));
}

function press(state: PointerState, input: PointerInput): PointerStep {
  const { pointer } = state;
  const next: PointerState = { ...state, hasPen: state.hasPen || input.kind === 'pen' };
  if (pointer.mode === 'idle') return go(next, begin(next, input));
  if (pointer.mode === 'pinch') return input.kind === 'pen' ? go(next, begin(next, input)) : stay(next);
  const discarded: readonly Gesture[] = pointer.mode === 'stroke' ? [{ type: 'discardStroke' }] : [];
  // the palm touches first, then the pen
  if (input.kind === 'pen' && pointer.kind === 'touch') return go(next, begin(next, input), ...discarded);
  if (input.kind === 'touch' && pointer.kind === 'touch') return go(next, { mode: 'pinch', fingers: [pressed(pointer), pressed(input)] }, ...discarded);
  return stay(next);
}

function begin({ hasPen }: PointerState, input: PointerInput): PointerMode {
  const isPan = input.pans === true || (hasPen && input.kind === 'touch');
  return isPan ? { mode: 'pan', ...pressed(input) } : { mode: 'pending', ...pressed(input), since: input.time, points: [input.at] };
}

function stepSingle(state: PointerState, pointer: Pending | Painting | Panning, input: PointerInput): PointerStep {
  switch (pointer.mode) {
    case 'pending': return stepPending(state, pointer, input);
    case 'stroke': return stepStroke(state, pointer, input);
    case 'pan': {
      if (input.type === 'tick') return stay(state);
      const pan: Gesture = { type: 'pan', dx: input.at.x - pointer.at.x, dy: input.at.y - pointer.at.y };
      return input.type === 'move' ? go(state, { ...pointer, at: input.at }, pan) : go(state, { mode: 'idle' });
    }
  }
}

function stepPending(state: PointerState, pointer: Pending, input: PointerInput): PointerStep {
  const points: Pending['points'] = input.type === 'move' ? [...pointer.points, input.at] : pointer.points;
  switch (input.type) {
    case 'cancel': return go(state, { mode: 'idle' });
    // a tap is a dot
    case 'up': return go(state, { mode: 'idle' }, { type: 'beginStroke', points }, { type: 'endStroke' });
    default: {
      const at = input.type === 'move' ? input.at : pointer.at;
      const isCommitted = distance(points[0], at) >= COMMIT_DISTANCE || input.time - pointer.since >= COMMIT_MS;
      if (!isCommitted) return go(state, { ...pointer, at, points });
      return go(state, { mode: 'stroke', ...pressed({ ...pointer, at }) }, { type: 'beginStroke', points });
    }
  }
}

function stepStroke(state: PointerState, pointer: Painting, input: PointerInput): PointerStep {
  switch (input.type) {
    case 'move': return go(state, { ...pointer, at: input.at }, { type: 'extendStroke', point: input.at });
    case 'up': return go(state, { mode: 'idle' }, { type: 'endStroke' });
    case 'cancel': return go(state, { mode: 'idle' }, { type: 'discardStroke' });
    default: return stay(state);
  }
}

function stepPinch(state: PointerState, { fingers }: Pinching, input: PointerInput): PointerStep {
  const moved = fingers.find(({ id }) => id === input.id);
  const other = fingers.find(({ id }) => id !== input.id);
  if (!moved || !other || input.type === 'tick') return stay(state);
  // the finger that is left does not paint
  if (input.type !== 'move') return go(state, { mode: 'pan', ...pressed(other) });
  const after = fingers.map((finger) => (finger.id === input.id ? { ...finger, at: input.at } : finger)) as [Pressed, Pressed];
  return go(state, { mode: 'pinch', fingers: after }, { type: 'pinch', before: [fingers[0].at, fingers[1].at], after: [after[0].at, after[1].at] });
}

function pressed({ id, kind, at }: Pressed): Pressed {
  return { id, kind, at };
}

function stay(state: PointerState): PointerStep {
  return { state, gestures: [] };
}

function go(state: PointerState, pointer: PointerMode, ...gestures: readonly Gesture[]): PointerStep {
  return { state: { ...state, pointer }, gestures };
}
