import { createHash } from 'node:crypto';
import type { JobReference } from './records';
import type { GenerateRequest } from './types';
import { GENERATE_REQUEST_SCHEMA, JOB_FOLDER, UPLOAD_FOLDER } from '../../private/contract/requests';

const MAX_COUNT = GENERATE_REQUEST_SCHEMA.properties.count.maximum;
const EXTENSIONS: Readonly<Record<string, string>> = { png: 'png', jpeg: 'jpg', webp: 'webp' };

/** Where the images of a request lie: it follows from owner, id and index, so that a later attempt looks where an earlier one put them. */
export function imageKeys({ count, input, backgroundRemoval }: GenerateRequest, owner: string, id: string, prefix: string): string[] {
  const folder = `${prefix}${ownerFolder(owner)}/${id}`;
  return Array.from({ length: count }, (_, index) => `${folder}/${index}.${EXTENSIONS[backgroundRemoval?.outputFormat ?? input.outputFormat]}`);
}

/** Where it lies why there is none of several images. */
export function failureKey(imageKey: string): string {
  return imageKey.replace(/\.\w+$/, '.failure.json');
}

/** All that can lie there of a job. */
export function failureKeys(job: JobReference, prefix: string): string[] {
  return [...new Set(possibleKeys(job, prefix).map(failureKey))];
}

/** Where images of a job can lie, whatever was asked for. */
export function possibleKeys({ owner, id }: JobReference, prefix: string): string[] {
  return Array.from({ length: MAX_COUNT }, (_, index) => Object.values(EXTENSIONS).map((extension) => `${prefix}${ownerFolder(owner)}/${id}/${index}.${extension}`)).flat();
}

/** Where an upload lies: below a folder of its own, since it is gone after a day. */
export function uploadKey(owner: string, id: string, prefix: string): string {
  return `${prefix}${UPLOAD_FOLDER}${ownerFolder(owner)}/${id}`;
}

/** Where the request of a job lies until it is done. */
export function jobKey({ owner, id }: JobReference, prefix: string): string {
  return `${prefix}${JOB_FOLDER}${ownerFolder(owner)}/${id}.json`;
}

/** Where the prompt lies that a text model made for a job. */
export function textKey(job: JobReference, prefix: string): string {
  return jobKey(job, prefix).replace(/\.json$/, '.text.json');
}

/** All that is kept of a job until it is done. */
export function jobKeys(job: JobReference, prefix: string): string[] {
  return [jobKey(job, prefix), textKey(job, prefix)];
}

/** Keys show up in URLs: they keep owners apart without naming them. */
function ownerFolder(owner: string): string {
  return createHash('sha256').update(owner).digest('hex').slice(0, 32);
}
