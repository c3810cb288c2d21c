import type { JobRecord, JobState } from '../generation/records';

/** The request of a job as the client sent it. The worker validates it as the API did. */
export interface JobBody {
  readonly route: 'POST /images' | 'POST /images/edits';
  readonly data: Readonly<Record<string, unknown>>;
}

/** Returns the record with a changed job state and the next revision. */
export function updateJob(record: JobRecord, change: Partial<Omit<JobState, 'revision'>>): JobRecord {
  const { job: { leaseUntil, failure, ...job }, unannounced, ...rest } = record;
  return { ...rest, job: { ...job, ...change, revision: job.revision + 1 } };
}
