import { type FileInput } from '../stores/edit/edit-input';
import { readFile } from '../stores/edit/read-file';

/** Returns a file as an input image. Returns undefined if this browser cannot show it. */
export function readBrowserFile(file: File): Promise<FileInput | undefined> {
  return readFile(file, { decode: (blob) => createImageBitmap(blob), createUrl: (blob) => URL.createObjectURL(blob) });
}
