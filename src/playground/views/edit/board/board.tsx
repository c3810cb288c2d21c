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
import { TileItem } from '../../create/runs/tile-item';
import { type TileProps } from '../../create/runs/tile-props';
import { useEditor } from '../use-editor';

/** The image in the middle, with the tools of the operation above and the versions below. */
export function Board() {
  const editor = useEditor();
  const [mode, setMode] = useState<BoardMode>('edit');
  useAutoCompare(editor, setMode);
  const selected = editor.selected.value!;
  const before = editor.versions.value.find(({ key }) => key === selected.from)?.image;
  const canCompare = before !== undefined && selected.image !== undefined;
  const shownMode = canCompare ? mode : 'edit';
  const hasMask = 'mask' in editor.edit.value.parameters;
  const isPainted = shownMode === 'edit' && selected.image !== undefined && hasMask;
  return (
    <div class="board">
      {hasMask && <BrushBar isActive={isPainted} />}
      {selected.tile && selected.run && !selected.image
        ? <Working tile={selected.tile} run={selected.run} />
        : shownMode === 'compare'
          ? <Compare before={before!} after={selected.image!} />
          : isPainted
            ? <MaskCanvas {...(canCompare && { before: before! })} />
            : 'left' in editor.edit.value.parameters
              ? <ExtendFrame />
              : <div class="canvas"><div class="whole"><InputImage input={selected.image!} /></div></div>}
      <Strip mode={shownMode} canCompare={canCompare} onMode={setMode} />
    </div>
  );
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
