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

const insert = (file: Buffer, at: number, bytes: readonly number[]) => Buffer.concat([file.subarray(0, at), Buffer.from(bytes), file.subarray(at)]);

describe('readImageFile of a JPEG', () => {
  const [, [, jpeg]] = FILES;
  const secondSegment = 4 + jpeg.readUInt16BE(4);

  it.each([2, secondSegment])('accepts fill bytes before the marker at %i', (offset) => {
    const file = insert(jpeg, offset, [0xff, 0xff, 0xff]);
    expect(readImageFile(file)).toEqual({ contentType: 'image/jpeg', width: 64, height: 48 });
    expect(withoutTrailer(Buffer.concat([file, jpeg]))).toEqual(file);
  });

  it.each([
    ['it has no frame', Buffer.from('ffd8ffd9', 'hex')],
    ['only a second image after it has a frame', Buffer.concat([Buffer.from('ffd8ffd9', 'hex'), jpeg])],
    ['the size is missing', Buffer.from('ffd8ffc00011080040', 'hex')],
    ['the length of a segment is missing', Buffer.from('ffd8ffe0', 'hex')],
    ['a segment is longer than the file', insert(jpeg, 2, [0xff, 0xe1, 0xff, 0xff])],
    ['its frame is lossless', Buffer.concat([Buffer.from('ffd8ffc3000b080030004001011100', 'hex'), Buffer.from('ffd9', 'hex')])],
  ])('fails when %s', (_case, file) => {
    expect(() => readImageFile(file)).toThrow(ImageFormatError);
  });

  it('reads the size of baseline, extended and progressive images', () => {
    const sizes = [0xc0, 0xc1, 0xc2].map((type) => readImageFile(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, type]), Buffer.from('000b080030004001011100ffd9', 'hex')])));
    expect(sizes).toEqual(Array.from({ length: 3 }, () => ({ contentType: 'image/jpeg', width: 64, height: 48 })));
  });
});

describe('readImageFile of a WebP', () => {
  const [, , [, webp]] = FILES;
  const withLength = (file: Buffer, length: number) => {
    const copy = Buffer.from(file);
    copy.writeUInt32LE(length, 4);
    return copy;
  };
  const extended = (...chunks: readonly string[]) => {
    const header = [Buffer.from('RIFF\0\0\0\0WEBPVP8X', 'latin1'), Buffer.from('0a000000000000003f00002f0000', 'hex')];
    const file = Buffer.concat([...header, Buffer.from(chunks.join(''), 'latin1')]);
    return withLength(file, file.length - 8);
  };

  it.each([0, 4, 22, 40, webp.length - 10])('fails when the file length in its header is %i', (length) => {
    expect(() => readImageFile(withLength(webp, length))).toThrow(ImageFormatError);
  });

  it('fails when it is cut and its header has the new length', () => {
    for (let length = 20; length < webp.length - 1; length++) {
      expect(() => readImageFile(withLength(webp.subarray(0, length), length - 8))).toThrow(ImageFormatError);
    }
  });

  it.each(['ANMF\x02\0\0\0xx', 'VP8 \x01\0\0\0x\0', 'VP8L\0\0\0\0', 'EXIF\x01\0\0\0x\0VP8 \0\0\0\0', 'VP8 \x01\0\0\0x'])('accepts these chunks: %j', (chunks) => {
    expect(readImageFile(extended(chunks))).toEqual({ contentType: 'image/webp', width: 64, height: 48 });
  });

  it.each(['', 'EXIF\x02\0\0\0xx', 'ANIM\x06\0\0\0xxxxxx', 'VP8 \x03\0\0\0xx', 'VP8 \0\0\0\0EXIF\x03\0\0\0xx', 'VP8 \xff\xff\xff\xff'])('fails with these chunks: %j', (chunks) => {
    expect(() => readImageFile(extended(chunks))).toThrow(ImageFormatError);
  });

  it('reads millions of empty chunks in less than a second of CPU time', () => {
    const start = process.cpuUsage();
    expect(() => readImageFile(extended('EXIF\0\0\0\0'.repeat(3_000_000)))).toThrow(ImageFormatError);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1_000);
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
