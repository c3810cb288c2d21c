/** Progress of an image whose duration can only be estimated. */

/** Share that is reached at the expected time. */
const AT_EXPECTED = 0.9;
const MAXIMUM = 0.97;
/** Share of a queued tile. */
export const QUEUED_PROGRESS = 0.06;
/** Multiple of the expected time after which the text says that it takes longer. */
const LONGER_THAN_USUAL = 2;

/** Returns the progress from 0 to 0.97: 90 percent at the expected time, slower and slower. */
export function progressAt(elapsedSeconds: number, expectedSeconds: number): number {
  if (!(elapsedSeconds > 0)) return 0;
  if (!(expectedSeconds > 0)) return MAXIMUM;
  const share = (1 - Math.exp(-elapsedSeconds / expectedSeconds)) / (1 - Math.exp(-1));
  return Math.min(MAXIMUM, AT_EXPECTED * share);
}

/** Returns whether an image takes longer than usual. */
export function takesLonger(elapsedSeconds: number, expectedSeconds: number): boolean {
  return elapsedSeconds > LONGER_THAN_USUAL * expectedSeconds;
}
