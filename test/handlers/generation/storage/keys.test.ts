import { failureKey, failureKeys, imageKeys, jobKeys, possibleImageKeys, uploadKey } from '../../../../src/handlers/generation/storage/keys';
import type { GenerateRequest } from '../../../../src/handlers/generation/types';

// The keys are part of the deployed layout: stored images and jobs are found after an update. docs/storage.md documents them.

const JOB = { owner: 'client:alice', id: '01JD' };
const PREFIX = 'v1.json/';
/** The first half of the SHA-256 hash of the owner. */
const FOLDER = 'bdb89ab86b4a6aed7b6d9bba37bef6e6';

const keysOf = (request: object) => imageKeys({ count: 2, input: { outputFormat: 'png' }, ...request } as GenerateRequest, JOB.owner, JOB.id, PREFIX);

describe('the key of an image', () => {
  it('has the hash of the owner, the id, the index and the extension', () => {
    expect(keysOf({})).toEqual([`v1.json/${FOLDER}/01JD/0.png`, `v1.json/${FOLDER}/01JD/1.png`]);
  });

  it('has the extension of the format after the removal of the background', () => {
    expect(keysOf({ count: 1, input: { outputFormat: 'jpeg' } })).toEqual([`v1.json/${FOLDER}/01JD/0.jpg`]);
    expect(keysOf({ count: 1, input: { outputFormat: 'jpeg' }, backgroundRemoval: { outputFormat: 'webp' } })).toEqual([`v1.json/${FOLDER}/01JD/0.webp`]);
  });

  it('is one of the possible keys of its job, for each number of images and each format', () => {
    const possible = possibleImageKeys(JOB, PREFIX);
    expect(possible).toEqual(expect.arrayContaining(keysOf({ count: 4 })));
    expect(possible).toEqual(expect.arrayContaining(keysOf({ count: 4, input: { outputFormat: 'webp' } })));
    expect(possible).toHaveLength(new Set(possible).size);
  });
});

describe('the key of an error', () => {
  it('replaces the extension of the image only', () => {
    expect(failureKey(`v1.json/${FOLDER}/01JD/0.webp`)).toBe(`v1.json/${FOLDER}/01JD/0.failure.json`);
  });

  it('is the same for each format of the image', () => {
    expect(failureKeys(JOB, PREFIX).slice(0, 2)).toEqual([`v1.json/${FOLDER}/01JD/0.failure.json`, `v1.json/${FOLDER}/01JD/1.failure.json`]);
    expect(failureKeys(JOB, PREFIX)).toEqual(expect.arrayContaining(keysOf({ count: 4 }).map(failureKey)));
  });
});

it('an upload has a folder of its own, because it expires after a day', () => {
  expect(uploadKey(JOB.owner, JOB.id, PREFIX)).toBe(`v1.json/uploads/${FOLDER}/01JD`);
});

it('a job has its request and the output of the text model, which are deleted when it completes', () => {
  expect(jobKeys(JOB, PREFIX)).toEqual([`v1.json/jobs/${FOLDER}/01JD.json`, `v1.json/jobs/${FOLDER}/01JD.text.json`]);
});
