import { takeImageBuffer, withImageBuffers } from '../../../src/handlers/models/image-buffers';
import { ImageDecoder } from '../../../src/handlers/models/image-decoder';

const MB = 1024 * 1024;
/** Takes buffers in an invocation. The tests compare them with `===`, because Jest would print their contents. */
const take = (...sizes: readonly number[]) => withImageBuffers(async () => sizes.map((size) => takeImageBuffer(size).bytes));

it('an invocation uses the buffers of the invocation before it', async () => {
  const [first, second] = await take(3 * MB, 2 * MB);
  const again = await take(2 * MB, 2 * MB);
  expect(again.every((buffer) => buffer === first || buffer === second)).toBe(true);
  expect(again[0] === again[1]).toBe(false);
});

it('an invocation that fails releases its buffers', async () => {
  let failed: Buffer | undefined;
  await expect(withImageBuffers(async () => {
    failed = takeImageBuffer(5 * MB).bytes;
    throw new Error('failed');
  })).rejects.toThrow('failed');
  expect((await take(5 * MB))[0] === failed).toBe(true);
});

it('the images of an invocation have different buffers', async () => {
  const buffers = await take(MB, MB, MB, MB, MB);
  expect(new Set(buffers).size).toBe(5);
});

it('no buffer is used again while an invocation runs', async () => {
  let end = () => {};
  const running = withImageBuffers(() => new Promise<void>((resolve) => { end = resolve; }));
  const [first] = await take(7 * MB);
  const [second] = await take(7 * MB);
  expect(second === first).toBe(false);
  end();
  await running;
  const [third] = await take(7 * MB);
  expect(third === first || third === second).toBe(true);
});

it('a buffer that is taken outside an invocation is not used again', async () => {
  const outside = takeImageBuffer(9 * MB).bytes;
  expect((await take(9 * MB))[0] === outside).toBe(false);
});

it('keeps the four largest buffers, and a new one takes the place of the smallest', async () => {
  const sizes = [11, 12, 13, 14, 15].map((size) => size * MB);
  await take(...sizes);
  const kept = await take(...Array.from({ length: 4 }, () => MB));
  expect(kept.map(({ length }) => length / MB).sort((a, b) => a - b)).toEqual([12, 13, 14, 15]);
  await take(16 * MB);
  const next = await take(...Array.from({ length: 4 }, () => MB));
  expect(next.map(({ length }) => length / MB).sort((a, b) => a - b)).toEqual([13, 14, 15, 16]);
});

it('a response that arrives after the end of its invocation is not decoded', async () => {
  const text = 'A'.repeat(1_000);
  const decoder = new ImageDecoder();
  await withImageBuffers(async () => decoder.write(Buffer.from(`{"images":["${text}`)));
  expect(() => decoder.write(Buffer.from(`${text}"]}`))).toThrow('the response arrived after the end of the invocation');
});

it('an invocation uses the smallest buffer that is large enough', async () => {
  const [large, small] = await take(20 * MB, 18 * MB);
  expect((await take(17 * MB))[0] === small).toBe(true);
  expect((await take(19 * MB))[0] === large).toBe(true);
});
