import { picture } from './images';
import { EDIT_FACTS } from '../../fixtures/edit-facts';
import type { Facts } from '../../fixtures/parameter-cases';
import type { SizeCases } from '../../fixtures/size-cases';

/** One thing that an API offers to do: a model that draws, an operation on a picture, or the model that writes. */
export interface Offer {
  readonly name: string;
  readonly path: '/images' | '/images/edits' | '/text';
  /** What answers call the model. */
  readonly id: string;
  /** The least that is done. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly facts: Facts;
  /** Of a model that takes pixels. */
  readonly sizes?: SizeCases;
  /** Pictures just outside what it takes, by field, with what the answer has to say. */
  readonly pictures: Readonly<Record<string, readonly PictureCase[]>>;
}

type PictureCase = readonly [width: number, height: number, says: string];

export const INPUT = picture(128, 128).toString('base64');

const USUAL: readonly PictureCase[] = [
  [63, 64, 'sides of at least 64 pixels'], [64, 63, 'sides of at least 64 pixels'], [161, 64, '1:2.5 to 2.5:1'], [64, 161, '1:2.5 to 2.5:1'],
];
const MEGAPIXEL: PictureCase = [1025, 1024, 'at most 1048576 pixels'];
/** From AWS's pages; Stable Image Ultra tells no limits. */
const PICTURES: Readonly<Record<string, readonly PictureCase[]>> = {
  'stability.stable-image-ultra-v1:1': [],
  'stability.sd3-5-large-v1:0': [[63, 64, 'sides of at least 64 pixels'], [64, 63, 'sides of at least 64 pixels']],
  'creative-upscale': [[63, 65, 'sides of at least 64 pixels'], MEGAPIXEL],
  'fast-upscale': [[31, 33, 'sides of at least 32 pixels'], [1537, 600, 'sides of at most 1536 pixels'], MEGAPIXEL],
};

export function drawing(id: string, facts: Facts, sizes?: SizeCases): Offer {
  const pictures: Offer['pictures'] = facts.others?.includes('image') ? { image: PICTURES[id] } : {};
  return { name: id, path: '/images', id, body: { prompt: 'a boat', model: id }, facts, sizes, pictures };
}

export function editing(operation: string, { id, required, ...facts }: typeof EDIT_FACTS[string]): Offer {
  const needed = Object.fromEntries(required.map((field) => [field, field === 'styleImage' ? INPUT : 'a boat']));
  const outpaint = operation === 'outpaint' && { left: 10 };
  const { others = [] } = facts;
  return {
    name: operation,
    path: '/images/edits',
    id,
    body: { operation, image: INPUT, ...needed, ...outpaint },
    facts: { ...facts, others: [...others, 'image'] },
    pictures: {
      image: PICTURES[operation] ?? USUAL,
      ...others.includes('styleImage') && { styleImage: USUAL },
      // of any size
      ...others.includes('mask') && { mask: [] },
    },
  };
}

export function writing(id: string, facts: Facts): Offer {
  return { name: id, path: '/text', id, body: { prompt: 'Name a boat.' }, facts, pictures: {} };
}

/** Where the operator allows texts of so many characters. */
export function limitedTo<Limited extends Facts>(maxChars: number, facts: Limited): Limited {
  return { ...facts, texts: Object.fromEntries(Object.entries(facts.texts ?? {}).map(([field, longest]) => [field, Math.min(longest, maxChars)])) };
}
