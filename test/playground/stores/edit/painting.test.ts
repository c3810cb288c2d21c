import { BRUSH_SIZE, createPainting } from '../../../../src/playground/stores/edit/painting';

const SIZE = { width: 20, height: 10 };
const RECTANGLE = { type: 'rectangle', rectangle: { x: 0, y: 0, width: 4, height: 5 } } as const;

function painting() {
  const created = createPainting();
  created.resize(SIZE);
  return created;
}

describe('what is painted over an image', () => {
  it('is a mask as soon as a pixel is changed, and undone and redone', () => {
    const { add, undo, redo, mask } = painting();
    expect(mask.value).toBeUndefined();
    add(RECTANGLE);
    expect(mask.value?.filter(Boolean)).toHaveLength(20);
    undo();
    expect(mask.value).toBeUndefined();
    redo();
    expect(mask.value?.filter(Boolean)).toHaveLength(20);
  });

  it('is no mask when everything is cleared, and the clearing can be undone', () => {
    const { add, undo, mask } = painting();
    add(RECTANGLE);
    add({ type: 'clear' });
    expect(mask.value).toBeUndefined();
    undo();
    expect(mask.value).toBeDefined();
  });

  it('stays for an image of the same size, and is gone with another size', () => {
    const { add, resize, mask, ring } = painting();
    add(RECTANGLE);
    ring.value = { x: 1, y: 1 };
    resize({ ...SIZE });
    expect(mask.value).toBeDefined();
    resize({ width: 10, height: 20 });
    expect([mask.value, ring.value]).toEqual([undefined, undefined]);
  });

  it('has a brush between its limits', () => {
    const { scaleBrush, brushSize } = painting();
    for (let i = 0; i < 50; i++) scaleBrush(1);
    expect(brushSize.value).toBe(BRUSH_SIZE.maximum);
    for (let i = 0; i < 50; i++) scaleBrush(-1);
    expect(brushSize.value).toBe(BRUSH_SIZE.minimum);
  });
});
