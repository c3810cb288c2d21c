import type { JobRecord, JobReference, JobState } from '../generation/storage/records';

/** Returns the record with a changed job state and the next revision. */
export function updateJob(record: JobRecord, change: Partial<Omit<JobState, 'revision'>>): JobRecord {
  const { job: { leaseUntil, failure, ...job }, eventPending, ...rest } = record;
  return { ...rest, job: { ...job, ...change, revision: job.revision + 1 } };
}

/** Returns the owner and the id of a job, which its messages contain. */
export function referenceOf({ owner, id }: JobReference): JobReference {
  return { owner, id };
}
