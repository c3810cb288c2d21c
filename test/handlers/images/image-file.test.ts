import { createCanvas } from '@napi-rs/canvas';
import * as fc from 'fast-check';
import { readImageFile } from '../../../src/handlers/images/image-file';
import { ImageFormatError } from '../../../src/handlers/images/image-format-error';

const canvas = createCanvas(64, 48);
canvas.getContext('2d').fillRect(3, 4, 20, 20);
const FILES = [['png', canvas.toBuffer('image/png')], ['jpeg', canvas.toBuffer('image/jpeg')], ['webp', canvas.toBuffer('image/webp')]] as const;

describe.each(FILES)('readImageFile of %s', (format, bytes) => {
  it('returns type and size', () => {
    expect(readImageFile(bytes)).toEqual({ contentType: `image/${format}`, width: 64, height: 48 });
  });

  it('fails when the file is truncated, at any length', () => {
    for (let length = 0; length < bytes.length; length += 7) expect(() => readImageFile(bytes.subarray(0, length))).toThrow(ImageFormatError);
    expect(() => readImageFile(bytes.subarray(0, -1))).toThrow(ImageFormatError);
  });
});

describe('readImageFile', () => {
  it('accepts padding after the end', () => {
    for (const [format, bytes] of FILES) expect(readImageFile(Buffer.concat([bytes, Buffer.alloc(16)])).contentType).toBe(`image/${format}`);
  });

  it('fails with an ImageFormatError for arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => readImageFile(bytes)).toThrow(ImageFormatError);
    }));
  });

  it.each(['<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', 'GIF89a\x01\x00\x01\x00;'])('fails when no model returns the format: %s', (text) => {
    expect(() => readImageFile(Buffer.from(text, 'latin1'))).toThrow(ImageFormatError);
  });
});
