import fc from 'fast-check';
import {
  COMMIT_MS, discardStroke, type Gesture, NO_POINTERS, type PointerInput, type PointerKind, type PointerState, stepPointers,
} from '../../../src/playground/editor/pointers';

type Step = [type: PointerInput['type'], id: number, x: number, y: number, time?: number, kind?: PointerKind, pans?: boolean];

/** Returns the state and the gestures after steps. Without a kind, a pointer is a finger. */
function play(steps: readonly Step[], first: PointerState = NO_POINTERS): { state: PointerState; gestures: readonly Gesture[] } {
  let state = first;
  const gestures: Gesture[] = [];
  for (const [type, id, x, y, time = 0, kind = 'touch', pans = false] of steps) {
    const step = stepPointers(state, { type, id, kind, at: { x, y }, time, pans });
    state = step.state;
    gestures.push(...step.gestures);
  }
  return { state, gestures };
}

const gesturesOf = (...steps: Step[]) => play(steps).gestures;
const typesOf = (...steps: Step[]) => gesturesOf(...steps).map(({ type }) => type);

describe('a stroke', () => {
  it('begins after 4 pixels, with all of its points', () => {
    expect(typesOf(['down', 1, 0, 0], ['move', 1, 3, 0])).toEqual([]);
    expect(gesturesOf(['down', 1, 0, 0], ['move', 1, 3, 0], ['move', 1, 4, 0])).toEqual([
      { type: 'beginStroke', points: [{ x: 0, y: 0 }, { x: 3, y: 0 }, { x: 4, y: 0 }] },
    ]);
  });

  it('begins after 60 milliseconds, moving or not', () => {
    expect(typesOf(['down', 1, 0, 0, 100], ['tick', 1, 0, 0, 159])).toEqual([]);
    expect(typesOf(['down', 1, 0, 0, 100], ['tick', 1, 0, 0, 100 + COMMIT_MS])).toEqual(['beginStroke']);
    expect(typesOf(['down', 1, 0, 0, 100], ['move', 1, 1, 0, 160])).toEqual(['beginStroke']);
  });

  it('goes on until the pointer is released', () => {
    expect(gesturesOf(['down', 1, 0, 0], ['move', 1, 9, 0], ['move', 1, 12, 1], ['tick', 1, 0, 0, 60], ['up', 1, 12, 1], ['move', 1, 20, 1])).toEqual([
      { type: 'beginStroke', points: [{ x: 0, y: 0 }, { x: 9, y: 0 }] }, { type: 'extendStroke', point: { x: 12, y: 1 } }, { type: 'endStroke' },
    ]);
  });

  it('of a tap is a dot', () => {
    expect(gesturesOf(['down', 1, 5, 5], ['up', 1, 5, 5, 20])).toEqual([{ type: 'beginStroke', points: [{ x: 5, y: 5 }] }, { type: 'endStroke' }]);
  });

  it('is discarded if the browser takes the pointer away, or by Esc', () => {
    expect(typesOf(['down', 1, 0, 0], ['cancel', 1, 0, 0])).toEqual([]);
    expect(typesOf(['down', 1, 0, 0], ['move', 1, 9, 0], ['cancel', 1, 9, 0])).toEqual(['beginStroke', 'discardStroke']);
    const painting = play([['down', 1, 0, 0], ['move', 1, 9, 0]]).state;
    expect(discardStroke(painting)).toEqual({ state: NO_POINTERS, gestures: [{ type: 'discardStroke' }] });
    expect(discardStroke(play([['down', 1, 0, 0]]).state)).toEqual({ state: NO_POINTERS, gestures: [] });
    const panning = play([['down', 1, 0, 0, 0, 'mouse', true]]).state;
    expect(discardStroke(panning)).toEqual({ state: panning, gestures: [] });
  });

  it('is not changed by another pointer', () => {
    expect(typesOf(['down', 1, 0, 0, 0, 'mouse'], ['down', 2, 0, 0], ['move', 2, 9, 9], ['up', 2, 9, 9], ['move', 1, 9, 0, 0, 'mouse'])).toEqual(['beginStroke']);
  });
});

describe('two fingers', () => {
  it('never paint: a stroke that has not begun is not shown', () => {
    expect(typesOf(['down', 1, 0, 0], ['move', 1, 3, 0], ['down', 2, 50, 0], ['move', 2, 60, 0], ['up', 1, 3, 0], ['up', 2, 60, 0])).toEqual(['pinch']);
  });

  it('discard a stroke that has begun', () => {
    expect(typesOf(['down', 1, 0, 0], ['move', 1, 9, 0], ['down', 2, 50, 0])).toEqual(['beginStroke', 'discardStroke']);
  });

  it('pinch from where they were to where they are', () => {
    expect(gesturesOf(['down', 1, 0, 0], ['down', 2, 50, 0], ['move', 2, 60, 0], ['move', 1, -10, 0])).toEqual([
      { type: 'pinch', before: [{ x: 0, y: 0 }, { x: 50, y: 0 }], after: [{ x: 0, y: 0 }, { x: 60, y: 0 }] },
      { type: 'pinch', before: [{ x: 0, y: 0 }, { x: 60, y: 0 }], after: [{ x: -10, y: 0 }, { x: 60, y: 0 }] },
    ]);
  });

  it('leave a finger that pans, until all are released', () => {
    expect(gesturesOf(['down', 1, 0, 0], ['down', 2, 50, 0], ['up', 1, 0, 0], ['move', 2, 55, 5], ['up', 2, 55, 5], ['down', 3, 0, 0], ['move', 3, 9, 0])).toEqual([
      { type: 'pan', dx: 5, dy: 5 }, { type: 'beginStroke', points: [{ x: 0, y: 0 }, { x: 9, y: 0 }] },
    ]);
  });

  it('are not disturbed by a third one', () => {
    expect(typesOf(['down', 1, 0, 0], ['down', 2, 50, 0], ['down', 3, 9, 9], ['move', 3, 99, 99], ['up', 3, 99, 99], ['move', 1, 1, 1])).toEqual(['pinch']);
  });

  it('pinch also if the first one pans', () => {
    const withPen = play([['down', 9, 0, 0, 0, 'pen'], ['up', 9, 0, 0, 0, 'pen']]).state;
    expect(play([['down', 1, 0, 0], ['down', 2, 50, 0], ['move', 2, 60, 0]], withPen).gestures.map(({ type }) => type)).toEqual(['pinch']);
  });
});

describe('a pen', () => {
  it('makes fingers pan', () => {
    expect(gesturesOf(['down', 1, 0, 0, 0, 'pen'], ['move', 1, 9, 0, 0, 'pen'], ['up', 1, 9, 0, 0, 'pen'], ['down', 2, 0, 0], ['move', 2, 5, 6])).toEqual([
      { type: 'beginStroke', points: [{ x: 0, y: 0 }, { x: 9, y: 0 }] }, { type: 'endStroke' }, { type: 'pan', dx: 5, dy: 6 },
    ]);
  });

  it('paints although the palm was there first, and is not disturbed by it', () => {
    expect(typesOf(['down', 1, 0, 0], ['move', 1, 9, 0], ['down', 2, 5, 5, 0, 'pen'], ['move', 1, 20, 0], ['move', 2, 15, 5, 0, 'pen'], ['down', 3, 0, 0], ['up', 2, 15, 5, 0, 'pen']))
      .toEqual(['beginStroke', 'discardStroke', 'beginStroke', 'endStroke']);
    expect(typesOf(['down', 1, 0, 0], ['down', 2, 9, 9], ['down', 3, 5, 5, 0, 'pen'], ['move', 3, 15, 5, 0, 'pen'])).toEqual(['beginStroke']);
  });
});

it('the middle button and Space pan', () => {
  expect(gesturesOf(['down', 1, 0, 0, 0, 'mouse', true], ['tick', 1, 0, 0, 60, 'mouse'], ['move', 1, 5, 6, 0, 'mouse'], ['up', 1, 5, 6, 0, 'mouse'], ['move', 1, 9, 9, 0, 'mouse']))
    .toEqual([{ type: 'pan', dx: 5, dy: 6 }]);
});

it('any sequence of pointers begins, extends and ends strokes in this order', () => {
  const step = fc.record({
    type: fc.constantFrom('down' as const, 'move' as const, 'up' as const, 'cancel' as const, 'tick' as const),
    id: fc.integer({ min: 1, max: 4 }),
    kind: fc.constantFrom('mouse' as const, 'pen' as const, 'touch' as const),
    at: fc.record({ x: fc.integer({ min: 0, max: 20 }), y: fc.integer({ min: 0, max: 20 }) }),
    time: fc.integer({ min: 0, max: 200 }),
    pans: fc.boolean(),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (inputs) => {
    let state = NO_POINTERS;
    let isPainting = false;
    for (const input of inputs) {
      const next = stepPointers(state, input);
      for (const { type } of next.gestures) {
        if (type === 'beginStroke') expect(isPainting).toBe(false);
        else if (type.endsWith('Stroke')) expect(isPainting).toBe(true);
        isPainting = type === 'beginStroke' || (isPainting && type === 'extendStroke');
      }
      state = next.state;
      expect(state.pointer.mode === 'stroke').toBe(isPainting);
    }
  }));
});
