import { type Facts, RATIOS, STYLES } from './parameter-cases';

const LONGEST = 10_000;
const FORMAT = { outputFormat: ['png', 'jpeg', 'webp'] };
const SEED = { seed: [0, 4_294_967_294] } as const;
const GROW_MASK = { growMask: [0, 20] } as const;
const STYLED = { ...FORMAT, style: STYLES };
const PROMPTS = { prompt: LONGEST, negativePrompt: LONGEST };
const SIDE = [0, 2_000] as const;

export interface EditFacts extends Facts {
  /** The model behind the operation. */
  readonly id: string;
  readonly required: readonly string[];
}

/** From the table of Stability AI Image Services; each takes an image besides. */
export const EDIT_FACTS: Readonly<Record<string, EditFacts>> = {
  'inpaint': {
    id: 'stability.stable-image-inpaint-v1:0',
    required: ['prompt'],
    wholes: { ...SEED, ...GROW_MASK },
    texts: PROMPTS,
    choices: STYLED,
    others: ['mask'],
  },
  'outpaint': {
    id: 'stability.stable-outpaint-v1:0',
    required: [],
    wholes: { ...SEED, left: SIDE, right: SIDE, up: SIDE, down: SIDE },
    numbers: { creativity: [0.1, 1] },
    texts: { prompt: LONGEST },
    choices: STYLED,
  },
  'erase': { id: 'stability.stable-image-erase-object-v1:0', required: [], wholes: { ...SEED, ...GROW_MASK }, choices: FORMAT, others: ['mask'] },
  'search-and-replace': {
    id: 'stability.stable-image-search-replace-v1:0',
    required: ['prompt', 'searchPrompt'],
    wholes: { ...SEED, ...GROW_MASK },
    texts: { ...PROMPTS, searchPrompt: LONGEST },
    choices: STYLED,
  },
  'search-and-recolor': {
    id: 'stability.stable-image-search-recolor-v1:0',
    required: ['prompt', 'selectPrompt'],
    wholes: { ...SEED, ...GROW_MASK },
    texts: { ...PROMPTS, selectPrompt: LONGEST },
    choices: STYLED,
  },
  'remove-background': { id: 'stability.stable-image-remove-background-v1:0', required: [], choices: FORMAT },
  'creative-upscale': {
    id: 'stability.stable-creative-upscale-v1:0', required: ['prompt'], wholes: SEED, numbers: { creativity: [0.1, 0.5] }, texts: PROMPTS, choices: STYLED,
  },
  'conservative-upscale': {
    id: 'stability.stable-conservative-upscale-v1:0',
    required: ['prompt'],
    wholes: SEED,
    numbers: { creativity: [0.1, 0.5] },
    texts: PROMPTS,
    choices: FORMAT,
  },
  'fast-upscale': { id: 'stability.stable-fast-upscale-v1:0', required: [], choices: FORMAT },
  'sketch': {
    id: 'stability.stable-image-control-sketch-v1:0',
    required: ['prompt'],
    wholes: SEED,
    numbers: { controlStrength: [0, 1] },
    texts: PROMPTS,
    choices: STYLED,
  },
  'structure': {
    id: 'stability.stable-image-control-structure-v1:0',
    required: ['prompt'],
    wholes: SEED,
    numbers: { controlStrength: [0, 1] },
    texts: PROMPTS,
    choices: STYLED,
  },
  'style-guide': {
    id: 'stability.stable-image-style-guide-v1:0',
    required: ['prompt'],
    wholes: SEED,
    numbers: { fidelity: [0, 1] },
    texts: PROMPTS,
    choices: { ...STYLED, aspectRatio: RATIOS },
  },
  'style-transfer': {
    id: 'stability.stable-style-transfer-v1:0',
    required: ['styleImage'],
    wholes: SEED,
    numbers: { compositionFidelity: [0, 1], styleStrength: [0, 1], changeStrength: [0.1, 1] },
    texts: PROMPTS,
    choices: FORMAT,
    others: ['styleImage'],
  },
};
