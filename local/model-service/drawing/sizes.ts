export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of each aspect ratio: about one megapixel, with multiples of 64. */
const SIZES: Readonly<Record<string, Size>> = {
  '1:1': { width: 1024, height: 1024 },
  '16:9': { width: 1344, height: 768 },
  '21:9': { width: 1536, height: 640 },
  '2:3': { width: 832, height: 1216 },
  '3:2': { width: 1216, height: 832 },
  '4:5': { width: 896, height: 1088 },
  '5:4': { width: 1088, height: 896 },
  '9:16': { width: 768, height: 1344 },
  '9:21': { width: 640, height: 1536 },
};

/** Returns the image size of an aspect ratio. */
export function sizeOfAspectRatio(aspectRatio: string): Size {
  return SIZES[aspectRatio];
}

/** Returns the size with the nearest aspect ratio, in which an input image is processed. */
export function nearestSize(shape: Size): Size {
  const distance = (size: Size) => Math.abs(Math.log(size.width / size.height) - Math.log(shape.width / shape.height));
  return Object.values(SIZES).reduce((best, size) => distance(size) < distance(best) ? size : best);
}
