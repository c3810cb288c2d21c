import { type Size } from '../drawing/sizes';
import { type ModelFact } from '../schema/documented-facts';

/** The image sizes of Titan, width by height. */
const TITAN_SIZES = [
  '1024x1024', '768x768', '512x512',
  '768x1152', '384x576', '1152x768', '576x384',
  '768x1280', '384x640', '1280x768', '640x384',
  '896x1152', '448x576', '1152x896', '576x448',
  '768x1408', '384x704', '1408x768', '704x384',
  '640x1408', '320x704', '1408x640', '704x320',
  '1152x640', '1173x640',
];

/** Maximum aspect ratio of Nova Canvas, in both directions. */
const MAX_ASPECT_RATIO = 4;

/** Returns the violations of the combination of width and height. */
export function sizeViolations({ request }: ModelFact, { width, height }: Size): string[] {
  const { maxPixelsExclusive } = (request.imageGenerationConfig as { readonly width?: { readonly maxPixelsExclusive?: number } }).width ?? {};
  if (maxPixelsExclusive === undefined) {
    return TITAN_SIZES.includes(`${width}x${height}`) ? [] : [`${width}x${height} is not one of the supported sizes ${TITAN_SIZES.join(', ')}`];
  }
  return [
    ...(width * height < maxPixelsExclusive ? [] : [`expected less than ${maxPixelsExclusive} pixels, actual: ${width}x${height}`]),
    ...(Math.max(width / height, height / width) <= MAX_ASPECT_RATIO ? [] : [`expected an aspect ratio within 1:4..4:1, actual: ${width}x${height}`]),
  ];
}
