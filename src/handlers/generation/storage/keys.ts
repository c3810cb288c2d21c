import { createHash } from 'node:crypto';
import type { JobReference } from './records';
import { GENERATE_REQUEST_SCHEMA, JOB_FOLDER, UPLOAD_FOLDER } from '../../../private/contract/requests';
import type { GenerateRequest } from '../types';

const MAX_COUNT = GENERATE_REQUEST_SCHEMA.properties.count.maximum;
const EXTENSIONS: Readonly<Record<string, string>> = { png: 'png', jpeg: 'jpg', webp: 'webp' };

/** Returns the object keys of the images. They are the same in each run of a request, so that a later run finds the images of an earlier one. */
export function imageKeys({ count, input, backgroundRemoval }: GenerateRequest, owner: string, id: string, prefix: string): string[] {
  const folder = `${prefix}${ownerFolder(owner)}/${id}`;
  return Array.from({ length: count }, (_, index) => `${folder}/${index}.${EXTENSIONS[backgroundRemoval?.outputFormat ?? input.outputFormat]}`);
}

/** Returns the key of the error of an image that failed. */
export function failureKey(imageKey: string): string {
  return imageKey.replace(/\.\w+$/, '.failure.json');
}

/** Returns all possible failure keys of a job. */
export function failureKeys(job: JobReference, prefix: string): string[] {
  return [...new Set(possibleImageKeys(job, prefix).map(failureKey))];
}

/** Returns all possible image keys of a job, for every count and format. */
export function possibleImageKeys({ owner, id }: JobReference, prefix: string): string[] {
  return Array.from({ length: MAX_COUNT }, (_, index) => Object.values(EXTENSIONS).map((extension) => `${prefix}${ownerFolder(owner)}/${id}/${index}.${extension}`)).flat();
}

/** Returns the key of an upload. Uploads have a folder of their own, because they expire after a day. */
export function uploadKey(owner: string, id: string, prefix: string): string {
  return `${prefix}${UPLOAD_FOLDER}${ownerFolder(owner)}/${id}`;
}

/** Returns the key of a job's request. */
export function jobKey({ owner, id }: JobReference, prefix: string): string {
  return `${prefix}${JOB_FOLDER}${ownerFolder(owner)}/${id}.json`;
}

/** Returns the key of the text model's output for a job. */
export function textKey(job: JobReference, prefix: string): string {
  return jobKey(job, prefix).replace(/\.json$/, '.text.json');
}

/** Returns the keys of the documents that are deleted when a job completes. */
export function jobKeys(job: JobReference, prefix: string): string[] {
  return [jobKey(job, prefix), textKey(job, prefix)];
}

/** Returns the folder of an owner: a hash, because URLs contain the key. */
function ownerFolder(owner: string): string {
  return createHash('sha256').update(owner).digest('hex').slice(0, 32);
}
