import { removeBackground } from './background-removal';
import { sketch, structure } from './control-image';
import { type Edit } from './edit';
import { erase, inpaint } from './fill';
import { outpaint } from './outpaint';
import { searchAndRecolor, searchAndReplace } from './search';
import { styleGuide, styleTransfer } from './style';
import { conservativeUpscale, creativeUpscale, fastUpscale } from './upscale';

/** The edits by model id. Each operation has its own model. */
export const EDITS: Readonly<Record<string, Edit>> = {
  'stability.stable-creative-upscale-v1:0': creativeUpscale,
  'stability.stable-conservative-upscale-v1:0': conservativeUpscale,
  'stability.stable-fast-upscale-v1:0': fastUpscale,
  'stability.stable-image-inpaint-v1:0': inpaint,
  'stability.stable-outpaint-v1:0': outpaint,
  'stability.stable-image-search-recolor-v1:0': searchAndRecolor,
  'stability.stable-image-search-replace-v1:0': searchAndReplace,
  'stability.stable-image-erase-object-v1:0': erase,
  'stability.stable-image-remove-background-v1:0': removeBackground,
  'stability.stable-image-control-sketch-v1:0': sketch,
  'stability.stable-image-control-structure-v1:0': structure,
  'stability.stable-image-style-guide-v1:0': styleGuide,
  'stability.stable-style-transfer-v1:0': styleTransfer,
};
