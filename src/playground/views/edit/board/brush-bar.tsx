import { Button } from '../../../parts/button';
import { IconButton } from '../../../parts/icon-button';
import { BRUSH_SIZE, type Tool } from '../../../stores/edit/painting';
import { TOOL_LABELS } from '../../../words/editor';
import { useEditor } from '../use-editor';

const TOOLS = Object.keys(TOOL_LABELS) as readonly Tool[];

/** The tools of the mask. `isActive`: whether there is something to paint on; the bar keeps its place otherwise. */
export function BrushBar({ isActive }: { readonly isActive: boolean }) {
  const { painting } = useEditor();
  const { tool, brushSize, history } = painting;
  const { marks, undone } = history.value;
  return (
    <div class="brushbar" role="toolbar" aria-label="Mask" inert={!isActive}>
      {TOOLS.map((name) => (
        <IconButton key={name} icon={name} label={TOOL_LABELS[name]} pressed={tool.value === name} onClick={() => { tool.value = name; }} />
      ))}
      <span class="sep" />
      <label class="size">
        <span>Size</span>
        <input
          type="range" min={BRUSH_SIZE.minimum} max={BRUSH_SIZE.maximum} value={brushSize.value} aria-label="Brush size"
          onInput={({ currentTarget }) => { brushSize.value = Number(currentTarget.value); }}
        />
        <span class="num">{brushSize.value}</span>
      </label>
      <span class="sep" />
      <IconButton icon="undo" label="Undo (Ctrl+Z)" className={marks.length === 0 ? 'off' : ''} onClick={() => painting.undo()} />
      <IconButton icon="redo" label="Redo (Ctrl+Shift+Z)" className={undone.length === 0 ? 'off' : ''} onClick={() => painting.redo()} />
      <IconButton icon="invert" label="Invert the mask (I)" onClick={() => painting.add({ type: 'invert' })} />
      <Button kind="ghost" size="small" onClick={() => { if (marks.length > 0) painting.add({ type: 'clear' }); }}>Clear</Button>
    </div>
  );
}
