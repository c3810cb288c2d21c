import { createImage } from './images';
import { type EDIT_FACTS } from '../../fixtures/edit-facts';
import type { Facts } from '../../fixtures/parameter-cases';
import type { SizeCases } from '../../fixtures/size-cases';

/** One operation of an API: image generation with one model, one edit operation, or text generation. */
export interface ModelOperation {
  readonly name: string;
  readonly path: '/images' | '/images/edits' | '/text';
  /** The model id in responses. */
  readonly id: string;
  /** The minimal valid request. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly facts: Facts;
  /** The sizes of a model with `width` and `height` in pixels. */
  readonly sizes?: SizeCases;
  /** With a guardrail: `prompt` and `system` together must have fewer characters. */
  readonly guardedLength?: number;
  /** Input images just outside the limits, by field. */
  readonly inputImages: Readonly<Record<string, readonly InputImageCase[]>>;
}

type InputImageCase = readonly [width: number, height: number, detail: string];

export const INPUT_IMAGE = createImage(128, 128).toString('base64');

const DEFAULT_CASES: readonly InputImageCase[] = [
  [63, 64, 'sides of at least 64 pixels'], [64, 63, 'sides of at least 64 pixels'], [161, 64, '1:2.5 to 2.5:1'], [64, 161, '1:2.5 to 2.5:1'],
];
const ABOVE_ONE_MEGAPIXEL: InputImageCase = [1025, 1024, 'at most 1048576 pixels'];
/** The limits of the AWS documentation. It states none for Stable Image Ultra. */
const INPUT_IMAGE_CASES: Readonly<Record<string, readonly InputImageCase[]>> = {
  'stability.stable-image-ultra-v1:1': [],
  'stability.sd3-5-large-v1:0': [[63, 64, 'sides of at least 64 pixels'], [64, 63, 'sides of at least 64 pixels']],
  'creative-upscale': [[63, 65, 'sides of at least 64 pixels'], ABOVE_ONE_MEGAPIXEL],
  'fast-upscale': [[31, 33, 'sides of at least 32 pixels'], [1537, 600, 'sides of at most 1536 pixels'], ABOVE_ONE_MEGAPIXEL],
};

export function imageOperation(id: string, facts: Facts, sizes?: SizeCases): ModelOperation {
  const inputImages: ModelOperation['inputImages'] = facts.others?.includes('image') ? { image: INPUT_IMAGE_CASES[id] } : {};
  return { name: id, path: '/images', id, body: { prompt: 'a boat', model: id }, facts, sizes, inputImages };
}

export function editOperation(operation: string, { id, required, ...facts }: typeof EDIT_FACTS[string]): ModelOperation {
  const requiredFields = Object.fromEntries(required.map((field) => [field, field === 'styleImage' ? INPUT_IMAGE : 'a boat']));
  const outpaint = operation === 'outpaint' && { left: 10 };
  const { others = [] } = facts;
  return {
    name: operation,
    path: '/images/edits',
    id,
    body: { operation, image: INPUT_IMAGE, ...requiredFields, ...outpaint },
    facts: { ...facts, others: [...others, 'image'] },
    inputImages: {
      image: INPUT_IMAGE_CASES[operation] ?? DEFAULT_CASES,
      ...others.includes('styleImage') && { styleImage: DEFAULT_CASES },
      // A mask can have any size with the aspect ratio of its image.
      ...others.includes('mask') && { mask: [] },
    },
  };
}

export function textOperation(id: string, facts: Facts, guardedLength?: number): ModelOperation {
  return { name: id, path: '/text', id, body: { prompt: 'Name a boat.' }, facts, inputImages: {}, guardedLength };
}

/** Returns the facts with the length of every string limited to `maxChars`, as by a prompt policy. */
export function limitedTo<Limited extends Facts>(maxChars: number, facts: Limited): Limited {
  const strings = Object.entries(facts.strings ?? {}).map(([field, maxLength]) => [field, Math.min(maxLength, maxChars)]);
  return { ...facts, strings: Object.fromEntries(strings) };
}
