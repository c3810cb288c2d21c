import { signal } from '@preact/signals-core';
import type { Form } from '../../../../src/playground/models/form';
import type { FormValues } from '../../../../src/playground/models/values';
import { newTile, type Tile } from '../../../../src/playground/runs/tile';
import type { EditInput } from '../../../../src/playground/stores/edit/edit-input';
import { createEditor } from '../../../../src/playground/stores/edit/editor';
import type { EditInputs, EncodedInputs } from '../../../../src/playground/stores/edit/encode-inputs';
import type { Run } from '../../../../src/playground/stores/runs/run';
import { EDIT_MODELS } from '../../../../src/private/contract/models';
import type { Capabilities, ImageResponse } from '../../../../src/private/contract/responses';

const EDIT_ID = '01KAJ3W0V5E2M8Q9XG7T4R6B1N';
const COUNT_PARAMETER = { type: 'integer', minimum: 1, maximum: 4, default: 1 } as const;
const EDITS = EDIT_MODELS.map((model) => ({
  ...model, region: 'us-west-2', lifecycle: { status: 'active' as const }, parameters: { ...model.parameters, count: COUNT_PARAMETER },
}));

function record(id: string, { width, height } = { width: 100, height: 80 }): ImageResponse {
  return {
    id,
    status: 'succeeded',
    model: 'm',
    createdAt: '2026-11-27T10:00:00.000Z',
    imageExpiresAt: '2026-12-27T10:00:00.000Z',
    images: [{ url: `https://b/${id}`, contentType: 'image/png', width, height }, { url: `https://b/${id}-1`, contentType: 'image/png', width, height }],
  };
}

const stored = (id = EDIT_ID, size?: { width: number; height: number }): EditInput => ({ kind: 'stored', record: record(id, size), index: 0 });

function world({ encoded = { ok: true, values: { image: 'encoded' } } as EncodedInputs } = {}) {
  const capabilities = signal({ models: [], edits: EDITS } as unknown as Capabilities);
  const started: { form: Form; values: FormValues; count: number; input?: object; run: Run }[] = [];
  const encodes: EditInputs[] = [];
  const editor = createEditor({
    capabilities,
    encode: async (inputs) => {
      encodes.push(inputs);
      return encoded;
    },
    runs: {
      start(form, values, count, input) {
        const tiles = Array.from({ length: count }, (_, index) => signal<Tile>(newTile(`tile-${started.length}-${index}`, 'key', 0)));
        const run: Run = { id: `run-${started.length}`, createdAt: 0, form, values, ratio: 1, tiles };
        started.push({ form, values, count, ...(input && { input }), run });
        return run;
      },
    },
  });
  /** The image of a tile arrives. */
  const finish = (step: number, id: string, tile = 0) => {
    const target = started[step].run.tiles[tile];
    target.value = { ...target.peek(), state: 'ready', image: { record: record(id), index: 0 } };
  };
  return { editor, started, encodes, finish };
}

const names = (issues: readonly { readonly name: string }[]) => issues.map(({ name }) => name);

describe('the editor', () => {
  it('offers the first operation, and says what is missing until an image, a mask and a prompt are there', () => {
    const { editor } = world();
    expect(editor.edit.value.operation).toBe('inpaint');
    expect(names(editor.issues.value)).toEqual(expect.arrayContaining(['image', 'mask', 'prompt']));
    editor.open(stored());
    editor.painting.add({ type: 'rectangle', rectangle: { x: 1, y: 1, width: 10, height: 10 } });
    expect(names(editor.issues.value)).toEqual(['prompt']);
    editor.set('prompt', 'a moon');
    expect(editor.issues.value).toEqual([]);
  });

  it('does not request an incomplete edit', async () => {
    const { editor, started } = world();
    editor.open(stored());
    expect(await editor.apply()).toBe(false);
    expect(started).toEqual([]);
  });

  it('requests an edit with the encoded image and mask, and shows its first image as the selected version', async () => {
    const { editor, started, encodes, finish } = world();
    editor.open(stored());
    editor.set('prompt', 'a moon');
    editor.set('count', 2);
    editor.painting.add({ type: 'rectangle', rectangle: { x: 0, y: 0, width: 100, height: 40 } });
    expect(await editor.apply()).toBe(true);
    expect(encodes[0].mask?.size).toEqual({ width: 100, height: 80 });
    expect(encodes[0].mask?.pixels.filter((pixel) => pixel === 255)).toHaveLength(4000);
    expect(started[0]).toMatchObject({ values: { prompt: 'a moon', image: 'encoded' }, count: 2, input: { width: 100, height: 80 } });
    expect(editor.versions.value.map(({ label }) => label)).toEqual(['Original', '1 · Replace', '2 · Replace']);
    expect(editor.selected.value).toMatchObject({ label: '1 · Replace', from: 'original' });
    expect(editor.selected.value?.image).toBeUndefined();
    expect(editor.input.value).toMatchObject({ record: { id: EDIT_ID } });
    finish(0, 'RESULT');
    expect(editor.input.value).toMatchObject({ record: { id: 'RESULT' } });
  });

  it('starts the next edit from the selected version', async () => {
    const { editor, started, encodes, finish } = world();
    editor.open(stored());
    editor.selectOperation('remove-background');
    await editor.apply();
    finish(0, 'FIRST');
    await editor.apply();
    expect(encodes.map(({ image }) => image.kind === 'stored' && image.record.id)).toEqual([EDIT_ID, 'FIRST']);
    editor.selectVersion('original');
    await editor.apply();
    expect(encodes[2].image).toMatchObject({ record: { id: EDIT_ID } });
    expect(editor.versions.value.map(({ from }) => from)).toEqual([undefined, 'original', started[0].run.tiles[0].peek().id, 'original']);
  });

  it('generates one image with an operation without a seed, because all would be the same', () => {
    const { editor } = world();
    editor.selectOperation('erase');
    editor.set('count', 3);
    expect(editor.count.value).toBe(3);
    editor.selectOperation('remove-background');
    editor.set('count', 3);
    expect(editor.count.value).toBe(1);
    expect(names(editor.form.value.fields)).not.toContain('count');
  });

  it('keeps the values of each operation apart, and those of the ways to enlarge together', () => {
    const { editor } = world();
    editor.set('prompt', 'a moon');
    editor.selectOperation('outpaint');
    expect(editor.values.value).toEqual({});
    editor.selectOperation('conservative-upscale');
    editor.set('prompt', 'a fox');
    editor.selectOperation('creative-upscale');
    expect(editor.values.value).toEqual({ prompt: 'a fox' });
    editor.selectOperation('inpaint');
    expect(editor.values.value).toEqual({ prompt: 'a moon' });
  });

  it('says the size of an extended image before it is there, and needs an edge that is pulled', async () => {
    const { editor, started } = world();
    editor.open(stored(EDIT_ID, { width: 200, height: 100 }));
    editor.selectOperation('outpaint');
    expect(editor.issues.value).toEqual([{ name: 'left', text: 'Pull an edge first.' }]);
    editor.setFrame({ left: 50, right: 0, up: 0, down: 25 });
    expect(editor.values.value).toEqual({ left: 50, down: 25 });
    await editor.apply();
    expect(started[0]).toMatchObject({ values: { left: 50, down: 25 }, input: { width: 250, height: 125 } });
  });

  it('says with its size and the limit that an image does not fit an operation', async () => {
    const { editor, started } = world();
    editor.open(stored(EDIT_ID, { width: 2000, height: 500 }));
    editor.selectOperation('fast-upscale');
    expect(editor.issues.value).toEqual([{ name: 'image', text: 'It is 2000 × 500 pixels. Each side may have at most 1536.' }]);
    expect(await editor.apply()).toBe(false);
    expect(started).toEqual([]);
  });

  it('says that an upload failed, and keeps everything', async () => {
    const { editor, started } = world({ encoded: { ok: false, reason: 'The image could not be uploaded.' } });
    editor.open(stored());
    editor.selectOperation('remove-background');
    await editor.apply();
    expect(editor.problem.value).toBe('The image could not be uploaded.');
    expect(editor.isPreparing.value).toBe(false);
    expect(editor.input.value).toBeDefined();
    expect(started).toEqual([]);
    editor.selectOperation('erase');
    expect(editor.problem.value).toBeUndefined();
  });

  it('shows what the API rejects at its field, until a value changes', async () => {
    const { editor, started } = world();
    editor.open(stored());
    editor.selectOperation('sketch');
    editor.set('prompt', 'a ship');
    await editor.apply();
    const [tile] = started[0].run.tiles;
    const problem = { code: 'INVALID_REQUEST', status: 400, errors: [{ pointer: '/prompt', detail: 'is too short' }] };
    tile.value = { ...tile.peek(), state: 'failed', replayed: false, problem } as unknown as Tile;
    expect(editor.issues.value).toEqual([{ name: 'prompt', text: 'This value is too short.' }]);
    editor.set('prompt', 'a ship at sea');
    expect(editor.issues.value).toEqual([]);
  });

  it('requests the same again after a rejection', async () => {
    const { editor, started } = world();
    editor.open(stored());
    editor.selectOperation('remove-background');
    await editor.apply();
    const [tile] = started[0].run.tiles;
    tile.value = { ...tile.peek(), state: 'failed', replayed: false, problem: { code: 'INVALID_REQUEST', errors: [{ pointer: '/image', detail: 'is broken' }] } } as unknown as Tile;
    expect(await editor.apply()).toBe(true);
    expect(started).toHaveLength(2);
  });

  it('keeps the mask for a version of the same size, and not for another image', async () => {
    const { editor, finish } = world();
    editor.open(stored());
    editor.painting.add({ type: 'invert' });
    const before = editor.painting.mask.value;
    expect(before).toBeDefined();
    editor.selectOperation('remove-background');
    await editor.apply();
    finish(0, 'SAME');
    editor.selectVersion(editor.versions.value[1].key);
    expect(editor.painting.mask.value).toEqual(before);
    // an image that is opened is not a version of the one before, also if it has the same size
    editor.open(stored('OTHER'));
    expect(editor.painting.mask.value).toBeUndefined();
  });

  it('selects the version of an image of the URL, so that the next edit starts from it', async () => {
    const { editor, encodes, finish } = world();
    editor.open({ kind: 'stored', record: record(EDIT_ID), index: 1 });
    editor.selectOperation('remove-background');
    await editor.apply();
    expect(editor.selectImage({ id: EDIT_ID, index: 1 })).toBe(true);
    // the version that is on its way stays selected
    expect(editor.selected.value?.tile).toBeDefined();
    finish(0, 'FIRST');
    expect(editor.selectImage({ id: EDIT_ID, index: 1 })).toBe(true);
    expect(editor.selected.value?.label).toBe('Original');
    await editor.apply();
    expect(encodes[1].image).toMatchObject({ record: { id: EDIT_ID } });
    expect(editor.selectImage({ id: EDIT_ID, index: 0 })).toBe(false);
    editor.close();
    expect(editor.selectImage({ id: EDIT_ID, index: 1 })).toBe(false);
    expect(editor.input.value).toBeUndefined();
  });

  it('requests nothing if another image was opened while files were uploaded, and is not busy after an error', async () => {
    const { editor, started, encodes } = world();
    editor.open(stored());
    editor.selectOperation('remove-background');
    const applied = editor.apply();
    editor.open(stored('OTHER'));
    expect(await applied).toBe(true);
    expect([started, encodes.length, editor.isPreparing.value]).toEqual([[], 1, false]);
  });

  it('reads the operation and its values from the URL, and writes them without images', () => {
    const { editor } = world();
    editor.applyFields('style-transfer', { prompt: 'a fox', styleImage: EDIT_ID, unknown: '1' });
    expect(editor.edit.value.operation).toBe('style-transfer');
    expect(editor.locationFields()).toEqual({ prompt: 'a fox', styleImage: EDIT_ID });
    editor.set('image', 'AAAA');
    expect(editor.locationFields()).toEqual({ prompt: 'a fox', styleImage: EDIT_ID });
    editor.applyFields('unknown', {});
    expect(editor.edit.value.operation).toBe('inpaint');
  });
});
