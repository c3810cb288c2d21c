import { setFlagsFromString } from 'node:v8';

/**
 * Limits the young generation of the heap to its initial size, 1 MB for each semi-space. By default, it grows up to 5 percent of the memory
 * size of the function, and each of its collections frees that much more: the chunks of a model response, which the function reads once.
 * With an image of 12 MB, the small young generation needs less memory and less CPU time, see docs/decisions/2026-11-27-images-in-memory.md.
 */
export function limitYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
