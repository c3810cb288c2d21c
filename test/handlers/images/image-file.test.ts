import { createCanvas } from '@napi-rs/canvas';
import * as fc from 'fast-check';
import { readImageFile, withoutTrailer } from '../../../src/handlers/images/image-file';
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
  it('accepts any bytes after the end, which withoutTrailer removes', () => {
    for (const [format, bytes] of FILES) {
      for (const trailer of [Buffer.alloc(16), Buffer.alloc(5_000, 0xff), Buffer.alloc(1025), bytes]) {
        const file = Buffer.concat([bytes, trailer]);
        expect(readImageFile(file).contentType).toBe(`image/${format}`);
        expect(Buffer.compare(withoutTrailer(file), bytes)).toBe(0);
      }
    }
  });

  it('fails when the file is truncated and the end of an image is elsewhere in it', () => {
    const [[, png], [, jpeg]] = FILES;
    const segment = Buffer.from('ffe10000', 'hex');
    segment.writeUInt16BE(jpeg.length + 2, 2);
    const withPreview = Buffer.concat([jpeg.subarray(0, 2), segment, jpeg, jpeg.subarray(2)]);
    expect(readImageFile(withPreview).contentType).toBe('image/jpeg');
    expect(() => readImageFile(withPreview.subarray(0, -3))).toThrow(ImageFormatError);
    const text = Buffer.concat([Buffer.from([0, 0, 0, 12]), Buffer.from('tEXt'), png.subarray(-12), Buffer.alloc(4)]);
    const headerEnd = 33;
    const withText = Buffer.concat([png.subarray(0, headerEnd), text, png.subarray(headerEnd)]);
    expect(readImageFile(withText).contentType).toBe('image/png');
    expect(() => readImageFile(withText.subarray(0, -1))).toThrow(ImageFormatError);
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
