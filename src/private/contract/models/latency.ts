/**
 * How long one request takes, for estimates only. AWS publishes no figures: that of Core is what users report, with some room; the
 * other is a guess on the long side.
 */
const SECONDS: Readonly<Record<string, number>> = { 'stability.stable-image-core-v1:1': 5 };
const UNKNOWN_SECONDS = 15;

export function typicalSeconds(model: string): number {
  return SECONDS[model] ?? UNKNOWN_SECONDS;
}
