import { type CanvasView } from './canvas-view';
import { type Size } from '../../../editor/geometry';
import { checkpointOf, type History, type Mark } from '../../../editor/marks';
import { type Zoom } from '../../../editor/zoom';

export interface PaintOptions {
  readonly history: History;
  /** The mark that is being painted. */
  readonly current: Mark | undefined;
  readonly view: CanvasView;
  readonly image: Size;
}

interface CheckpointOptions extends Size {
  readonly zoom: Zoom;
  readonly image: Size;
  /** Device pixels of one CSS pixel. */
  readonly ratio: number;
}

type Context = OffscreenCanvasRenderingContext2D;

const MASK_ALPHA = 0.42;
const HATCH = 7;
const EDGE = 1.5;

/** Paints marks at the resolution of the screen: magenta with hatching and a white edge, so that not only color shows them. */
export class CanvasPainter {
  private readonly context: CanvasRenderingContext2D;
  private readonly marks = new OffscreenCanvas(1, 1);
  private readonly checkpoint = new OffscreenCanvas(1, 1);
  private readonly tinted = new OffscreenCanvas(1, 1);
  /** What the checkpoint was painted from. */
  private painted: { readonly marks: readonly Mark[]; readonly zoom: Zoom; readonly width: number; readonly height: number } | undefined;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d')!;
  }

  public paint({ history, current, view: { canvas, zoom }, image }: PaintOptions): void {
    const ratio = window.devicePixelRatio;
    const [width, height] = [Math.max(1, Math.round(canvas.width * ratio)), Math.max(1, Math.round(canvas.height * ratio))];
    for (const each of [this.canvas, this.marks, this.tinted]) {
      each.width = width;
      each.height = height;
    }
    const context = this.marks.getContext('2d')!;
    const kept = this.paintCheckpoint(history, { zoom, image, ratio, width, height });
    context.drawImage(this.checkpoint, 0, 0);
    applyZoom(context, zoom, ratio);
    for (const mark of [...history.marks.slice(kept), ...(current ? [current] : [])]) paintMark(context, mark, image);
    this.show(ratio);
  }

  /** Keeps a bitmap of the first marks, so that a long list stays fast. Returns their number. */
  private paintCheckpoint(history: History, { zoom, image, ratio, width, height }: CheckpointOptions): number {
    const marks = history.marks.slice(0, checkpointOf(history));
    const { painted } = this;
    const isSame = painted?.width === width && painted.height === height && painted.zoom === zoom
      && painted.marks.length === marks.length && marks.every((mark, index) => mark === painted.marks[index]);
    if (!isSame) {
      this.checkpoint.width = width;
      this.checkpoint.height = height;
      const context = this.checkpoint.getContext('2d')!;
      applyZoom(context, zoom, ratio);
      for (const mark of marks) paintMark(context, mark, image);
      this.painted = { marks, zoom, width, height };
    }
    return marks.length;
  }

  /** Fills the marks with color and hatching, and adds their edge. */
  private show(ratio: number): void {
    const { width, height } = this.canvas;
    const tinted = this.tinted.getContext('2d')!;
    const color = getComputedStyle(this.canvas).getPropertyValue('--mask');
    tinted.globalAlpha = MASK_ALPHA;
    tinted.fillStyle = color;
    tinted.fillRect(0, 0, width, height);
    hatch(tinted, { step: HATCH * 2 * ratio, width, height, color });
    tinted.globalAlpha = 1;
    tinted.globalCompositeOperation = 'destination-in';
    tinted.drawImage(this.marks, 0, 0);
    // the edge: the marks, moved in each direction, without the marks
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) this.context.drawImage(this.marks, dx * EDGE * ratio, dy * EDGE * ratio);
    this.context.globalCompositeOperation = 'source-in';
    this.context.fillStyle = '#fff';
    this.context.fillRect(0, 0, width, height);
    this.context.globalCompositeOperation = 'destination-out';
    this.context.drawImage(this.marks, 0, 0);
    // dashes
    hatch(this.context, { step: HATCH * ratio, width, height, color: '#000' });
    this.context.globalCompositeOperation = 'source-over';
    this.context.drawImage(this.tinted, 0, 0);
  }
}

function applyZoom(context: Context, { scale, x, y }: Zoom, ratio: number): void {
  context.setTransform(scale * ratio, 0, 0, scale * ratio, x * ratio, y * ratio);
}

/** Paints the alpha of a mark, cut at the edges of the image. */
function paintMark(context: Context, mark: Mark, { width, height }: Size): void {
  context.save();
  context.beginPath();
  context.rect(0, 0, width, height);
  context.clip();
  context.fillStyle = context.strokeStyle = '#000';
  switch (mark.type) {
    case 'clear': context.clearRect(0, 0, width, height); break;
    case 'invert':
      context.globalCompositeOperation = 'xor';
      context.fillRect(0, 0, width, height);
      break;
    case 'rectangle': context.fillRect(mark.rectangle.x, mark.rectangle.y, mark.rectangle.width, mark.rectangle.height); break;
    case 'stroke': {
      const [first, ...others] = mark.points;
      context.globalCompositeOperation = mark.erases ? 'destination-out' : 'source-over';
      context.lineWidth = mark.radius * 2;
      context.lineCap = context.lineJoin = 'round';
      context.beginPath();
      context.moveTo(first.x, first.y);
      for (const { x, y } of others.length > 0 ? others : [first]) context.lineTo(x, y);
      context.stroke();
    }
  }
  context.restore();
}

interface Hatching extends Size {
  /** Distance of the lines. */
  readonly step: number;
  readonly color: string;
}

/** Paints diagonal lines. */
function hatch(context: CanvasRenderingContext2D | Context, { step, width, height, color }: Hatching): void {
  context.save();
  context.strokeStyle = color;
  context.lineWidth = step / 3;
  context.beginPath();
  for (let x = -height; x < width; x += step) {
    context.moveTo(x, 0);
    context.lineTo(x + height, height);
  }
  context.stroke();
  context.restore();
}
