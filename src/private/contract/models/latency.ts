/** Duration of one request, for estimates. AWS publishes none: the one of Stable Image Core is from user reports, the other is a high guess. */
const SECONDS: Readonly<Record<string, number>> = { 'stability.stable-image-core-v1:1': 5 };
const UNKNOWN_SECONDS = 15;

/** Returns the estimated duration of one request. */
export function typicalSeconds(model: string): number {
  return SECONDS[model] ?? UNKNOWN_SECONDS;
}
