/** Memory for the images of one response, until the end of the invocation. */
export interface ImageBuffer {
  readonly bytes: Buffer;
  /** Whether the invocation has ended: another one can use the memory. */
  readonly isReleased: boolean;
}

type PooledBuffer = { -readonly [Name in keyof ImageBuffer]: ImageBuffer[Name] };

/** More than a request needs. Other buffers are not kept. */
const MAX_BUFFERS = 4;
/** Sizes are multiples, so that images of similar sizes use the same buffer. */
const SIZE_STEP = 1024 * 1024;

/** The smallest first. */
const free: Buffer[] = [];
const used = new Set<PooledBuffer>();
let invocations = 0;

/**
 * Runs an invocation, and keeps its buffers for the next one. A new buffer for each image would be garbage that Node.js collects only after
 * the memory of the process has grown by several images, at the cost of a third of the CPU time of a request.
 *
 * While invocations overlap, which Lambda does not do, no buffer is used again.
 */
export async function withImageBuffers<T>(invocation: () => Promise<T>): Promise<T> {
  invocations++;
  try {
    return await invocation();
  } finally {
    if (--invocations === 0) releaseAll();
  }
}

/** Returns a buffer of at least this size. Outside an invocation, it is not used again. */
export function takeImageBuffer(minBytes: number): ImageBuffer {
  const buffer: PooledBuffer = { bytes: freeBuffer(minBytes) ?? newBuffer(minBytes), isReleased: false };
  if (invocations > 0) used.add(buffer);
  return buffer;
}

function freeBuffer(minBytes: number): Buffer | undefined {
  const index = free.findIndex(({ length }) => length >= minBytes);
  return index < 0 ? undefined : free.splice(index, 1)[0];
}

/** The new buffer takes the place of a smaller one. */
function newBuffer(minBytes: number): Buffer {
  free.shift();
  return Buffer.allocUnsafeSlow(Math.ceil(minBytes / SIZE_STEP) * SIZE_STEP);
}

/** Keeps the largest buffers. */
function releaseAll(): void {
  for (const buffer of used) {
    buffer.isReleased = true;
    free.push(buffer.bytes);
  }
  used.clear();
  free.sort((a, b) => a.length - b.length).splice(0, Math.max(0, free.length - MAX_BUFFERS));
}
