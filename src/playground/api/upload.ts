/** Uploads of input images that are too large for the body of a request. */
import { type Api, type UploadForm } from './api';
import { type PlaygroundConfiguration } from '../../private/contract/playground';
import { uploadUrl } from '../library/urls';

export interface UploadOptions {
  readonly api: Pick<Api, 'createUpload'>;
  readonly configuration: Pick<PlaygroundConfiguration, 'uploads' | 'imagesHost'>;
  /** Default: `fetch` of the browser. */
  readonly send?: typeof fetch;
}

/** Uploads a file. Returns its id, or undefined if it failed. */
export async function uploadFile({ api, configuration, send = fetch }: UploadOptions, file: Blob): Promise<string | undefined> {
  const created = await api.createUpload(file.type);
  if (!created.ok || file.size > created.value.maxBytes) return undefined;
  const url = uploadUrl(created.value.url, configuration);
  return url !== undefined && await sendForm(url, created.value, file, send) ? created.value.id : undefined;
}

async function sendForm(url: string, { fields }: UploadForm, file: Blob, send: typeof fetch): Promise<boolean> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // the form of S3 ends with its file
  form.append('file', file);
  try {
    return (await send(url, { method: 'POST', body: form, credentials: 'omit' })).ok;
  } catch {
    return false;
  }
}
