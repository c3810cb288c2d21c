import { Size } from '../drawing/sizes';
import { ModelFact } from '../schema/documented-facts';

/** The sizes that Titan draws, width by height. */
const TITAN_SIZES = [
  '1024x1024', '768x768', '512x512',
  '768x1152', '384x576', '1152x768', '576x384',
  '768x1280', '384x640', '1280x768', '640x384',
  '896x1152', '448x576', '1152x896', '576x448',
  '768x1408', '384x704', '1408x768', '704x384',
  '640x1408', '320x704', '1408x640', '704x320',
  '1152x640', '1173x640',
];

/** The widest that Nova Canvas draws, and as tall. */
const WIDEST = 4;

/** What is wrong with a size that no parameter alone shows. */
export function sizeFaults({ request }: ModelFact, { width, height }: Size): string[] {
  const { maxPixelsExclusive } = (request.imageGenerationConfig as { readonly width?: { readonly maxPixelsExclusive?: number } }).width ?? {};
  if (maxPixelsExclusive === undefined) {
    return TITAN_SIZES.includes(`${width}x${height}`) ? [] : [`${width}x${height} is not one of the supported sizes ${TITAN_SIZES.join(', ')}`];
  }
  return [
    ...(width * height < maxPixelsExclusive ? [] : [`expected less than ${maxPixelsExclusive} pixels, actual: ${width}x${height}`]),
    ...(Math.max(width / height, height / width) <= WIDEST ? [] : [`expected an aspect ratio within 1:4..4:1, actual: ${width}x${height}`]),
  ];
}
