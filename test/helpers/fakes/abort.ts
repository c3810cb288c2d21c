/** Rejects as the AWS SDK does when the deadline of a call has passed. Both times are epoch milliseconds. */
export function throwIfPast(deadline: number, now: number): void {
  if (deadline <= now) throw Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
