import { useState } from 'preact/hooks';
import { type BoardMode } from './board-mode';
import { BrushBar } from './brush-bar';
import { Compare } from './compare';
import { ExtendFrame } from './extend-frame';
import { InputImage } from './input-image';
import { MaskCanvas } from './mask-canvas';
import { Strip } from './strip';
import { useAutoCompare } from './use-auto-compare';
import { cssVariables } from '../../../parts/css-variables';
import { type EditInput } from '../../../stores/edit/edit-input';
import { type Editor } from '../../../stores/edit/editor';
import { TileItem } from '../../create/runs/tile-item';
import { type TileProps } from '../../create/runs/tile-props';
import { useEditor } from '../use-editor';

/** The image in the middle, with the tools of the operation above and the versions below. */
export function Board() {
  const editor = useEditor();
  const [mode, setMode] = useState<BoardMode>('edit');
  useAutoCompare(editor, setMode);
  const selected = editor.selected.value!;
  const canCompare = beforeOf(editor) !== undefined && selected.image !== undefined;
  const shownMode = canCompare ? mode : 'edit';
  const hasMask = 'mask' in editor.edit.value.parameters;
  const isPainted = shownMode === 'edit' && selected.image !== undefined && hasMask;
  return (
    <div class="board">
      {hasMask && <BrushBar isActive={isPainted} />}
      <Shown mode={shownMode} />
      <Strip mode={shownMode} canCompare={canCompare} onMode={setMode} />
    </div>
  );
}

/** The selected version, as the mode and the operation show it. */
function Shown({ mode }: { readonly mode: BoardMode }) {
  const editor = useEditor();
  const { image, tile, run } = editor.selected.value!;
  const before = beforeOf(editor);
  const { parameters } = editor.edit.value;
  if (!image) return <Working tile={tile!} run={run!} />;
  if (mode === 'compare') return <Compare before={before!} after={image} />;
  if ('mask' in parameters) return <MaskCanvas {...(before && { before })} />;
  if ('left' in parameters) return <ExtendFrame />;
  return <div class="canvas"><div class="whole"><InputImage input={image} /></div></div>;
}

/** Returns the image that the selected version was made from. */
function beforeOf({ versions, selected }: Editor): EditInput | undefined {
  return versions.value.find(({ key }) => key === selected.value!.from)?.image;
}

/** A version without an image: its progress or its error, above the image that it is made from. */
function Working({ tile, run }: TileProps) {
  const editor = useEditor();
  return (
    <div class="canvas">
      <div class="alone" style={cssVariables({ ratio: run.ratio })}>
        <InputImage input={editor.input.value!} alt="" />
        <ul><TileItem tile={tile} run={run} /></ul>
      </div>
    </div>
  );
}
