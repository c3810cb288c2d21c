import { moveRing } from '../../../src/playground/editor/ring';
import { fitZoom } from '../../../src/playground/editor/zoom';

const IMAGE = { width: 1024, height: 512 };
const FIT = fitZoom(IMAGE, { width: 512, height: 512 });

describe('the ring of the brush', () => {
  const move = (key: string, far = false, from = { x: 100, y: 100 }) => moveRing(from, { key, far, zoom: FIT, image: IMAGE });

  it('moves with the arrow keys, with Shift ten times as far', () => {
    expect([move('ArrowRight'), move('ArrowLeft'), move('ArrowUp'), move('ArrowDown')]).toEqual([
      { x: 108, y: 100 }, { x: 92, y: 100 }, { x: 100, y: 92 }, { x: 100, y: 108 },
    ]);
    expect(move('ArrowRight', true)).toEqual({ x: 180, y: 100 });
  });

  it('stays inside the image', () => {
    expect([move('ArrowUp', true, { x: 0, y: 3 }), move('ArrowRight', true, { x: 1020, y: 3 })]).toEqual([{ x: 0, y: 0 }, { x: 1024, y: 3 }]);
  });

  it('does not move with keys that are no arrows', () => {
    expect([move('a'), move('constructor')]).toEqual([{ x: 100, y: 100 }, { x: 100, y: 100 }]);
  });
});
