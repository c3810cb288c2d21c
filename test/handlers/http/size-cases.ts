type Size = readonly [width: number, height: number];

/** Sizes at the edges of what a model draws. */
export interface SizeCases {
  readonly taken: readonly Size[];
  /** With what the text must hold. */
  readonly refused: readonly (readonly [...Size, string])[];
}

/** Of each model that takes pixels, by a part of its id. */
export const SIZE_CASES: Readonly<Record<string, SizeCases>> = {
  'nova-canvas': {
    taken: [[320, 320], [4080, 1024], [2032, 2064], [320, 1280]],
    refused: [
      [319, 320, 'from 320 to 4096 pixels'], [320, 4097, 'from 320 to 4096 pixels'],
      [1024, 1000, 'a multiple of 16'], [321, 320, 'a multiple of 16'],
      [2048, 2048, 'at most 4194303 pixels'], [320, 1296, 'at most 4:1'], [1296, 320, 'at most 4:1'],
    ],
  },
  'titan-image-generator-v2': {
    taken: [[320, 704], [1408, 640], [1173, 640]],
    refused: [[1000, 1000, 'one of the sizes 1024x1024, 768x768'], [704, 1408, '640x1408']],
  },
  'stable-diffusion-xl': {
    taken: [[128, 128], [1536, 640]],
    refused: [
      [64, 128, 'from 128 to 1536 pixels'], [127, 128, 'from 128 to 1536 pixels'], [1537, 1024, 'from 128 to 1536 pixels'],
      [1600, 1024, 'from 128 to 1536 pixels'], [1000, 1024, 'a multiple of 64'],
    ],
  },
  'endpoint': {
    taken: [[64, 64], [2048, 2048], [520, 504]],
    refused: [[63, 64, 'from 64 to 2048 pixels'], [512, 2049, 'from 64 to 2048 pixels'], [2056, 512, 'from 64 to 2048 pixels'], [513, 512, 'a multiple of 8']],
  },
};
