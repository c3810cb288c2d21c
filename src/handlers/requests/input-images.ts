import type { AllowedModel } from './model-registry';
import type { FieldError } from '../../private/contract/errors';
import type { ImageParameter } from '../../private/contract/models';
import { INLINE_MAX_BYTES, ULID } from '../../private/contract/requests';
import { uploadKey } from '../generation/keys';
import type { ImageRecords, ImageStore } from '../generation/ports';
import { readImageFile } from '../images/image-file';
import { toBrightness } from '../images/mask';
import { isTransparentWebp } from '../images/transparency';
import { ApiError, invalidRequest, notFound } from '../shared/errors';

/** Fields that hold a picture. */
export const IMAGE_FIELDS = ['image', 'mask', 'styleImage'] as const;
type ImageField = typeof IMAGE_FIELDS[number];

/** InvokeModel takes so many bytes (its API reference), and a picture travels in base64. */
const MODEL_BODY_MAX_BYTES = 25_000_000;
/** What the rest of a body needs. */
const OTHER_FIELDS_BYTES = 100_000;
/** Base64 makes four bytes of three. */
const FILES_MAX_BYTES = ((MODEL_BODY_MAX_BYTES - OTHER_FIELDS_BYTES) * 3) / 4;

export type ImageFiles = Readonly<Record<ImageField, Uint8Array | undefined>>;

export interface ImageSources {
  readonly records: ImageRecords;
  readonly store: ImageStore;
  readonly prefix: string;
  readonly owner: string;
  readonly now: () => number;
}

type Data = Readonly<Record<string, unknown>>;

/** The pictures that a checked request names or carries, each looked at before a model is paid to. */
export async function loadInputImages(data: Data, { model, parameters }: AllowedModel, sources: ImageSources): Promise<ImageFiles> {
  const given = IMAGE_FIELDS.filter((field) => data[field] !== undefined);
  const found = await Promise.all(given.map(async (field) => (
    { field, ...lookedAt(field, await loadImage(field, String(data[field]), sources), parameters[field]) }
  )));
  const faults = found.flatMap(({ field, fault }): FieldError[] => (
    fault === undefined ? [] : [{ pointer: `/${field}`, detail: `${fault} for ${model.id}` }]
  ));
  if (faults.length > 0) throw invalidRequest(faults);

  const bytes = found.reduce((sum, { file }) => sum + file.byteLength, 0);
  if (bytes > FILES_MAX_BYTES) {
    throw new ApiError('PAYLOAD_TOO_LARGE', `the model takes pictures of ${FILES_MAX_BYTES} bytes together, these have ${bytes}`);
  }
  const fileOf = (name: ImageField) => found.find(({ field }) => field === name)?.file;
  return { image: fileOf('image'), mask: fileOf('mask'), styleImage: fileOf('styleImage') };
}

/** The id of an image, with the index of one of several behind it, or of an upload. */
const STORED = new RegExp(`^(${ULID})(?:/([0-3]))?$`);
const DATA_URL = /^data:image\/[a-z]+;base64,/;
const PADDING_AT_END = /={1,2}$/;
const NOT_BASE64 = /[^A-Za-z0-9+/]/;

/** What is wrong with the pictures as they came, before any is fetched. Refuses at once what is too large in all. */
export function inputImageErrors(data: Data, uploads: boolean): FieldError[] {
  const given = IMAGE_FIELDS.filter((field) => data[field] !== undefined).map((field) => ({ field, value: data[field] }));
  const inline = given.filter(({ value }) => !(typeof value === 'string' && STORED.test(value)));
  const bytes = inline.reduce((sum, { value }) => sum + (typeof value === 'string' ? decodedBytes(value) : 0), 0);
  if (bytes > INLINE_MAX_BYTES) {
    throw new ApiError('PAYLOAD_TOO_LARGE', `pictures in a request may have ${INLINE_MAX_BYTES} bytes together, these have ${bytes}; `
      + (uploads ? 'send larger ones by POST /images/uploads and give the upload\'s id instead' : 'send smaller ones'));
  }
  return inline.filter(({ value }) => !(typeof value === 'string' && isBase64(value))).map(({ field }) => ({
    pointer: `/${field}`, detail: 'must be the id of an image or upload of yours, or base64 of a PNG, JPEG or WebP',
  }));
}

/** Looks for one wrong character: a pattern of right ones needs stack for each, and now and then has too little of it for megabytes. */
function isBase64(value: string): boolean {
  const text = value.replace(DATA_URL, '').replace(PADDING_AT_END, '');
  return text !== '' && !NOT_BASE64.test(text);
}

function decodedBytes(value: string): number {
  return Buffer.byteLength(value.slice(value.indexOf(',') + 1), 'base64');
}

/** The file in a field that holds one. */
export function decodedFile(value: string): Uint8Array {
  return Buffer.from(value.replace(DATA_URL, ''), 'base64');
}

async function loadImage(field: ImageField, value: string, sources: ImageSources): Promise<Uint8Array> {
  const [, id, index = '0'] = STORED.exec(value) ?? [];
  if (id === undefined) return decodedFile(value);
  const file = await storedImage(id, Number(index), sources);
  if (!file) throw new ApiError('NOT_FOUND', `${field}: ${notFound().message}`);
  return file;
}

/** The owner's own: where somebody else's lies is not even looked at. */
async function storedImage(id: string, index: number, { records, store, prefix, owner, now }: ImageSources): Promise<Uint8Array | undefined> {
  const record = await records.get(owner, id);
  if (!record) return store.readIfExists(uploadKey(owner, id, prefix));
  const image = record.images[index];
  // S3 removes what expired up to a day late
  return image && record.imageExpiresAt > now() ? store.readIfExists(image.key) : undefined;
}

/** A picture as the model is to have it, or what is wrong with it. */
interface LookedAt {
  readonly file: Uint8Array;
  readonly fault?: string;
}

function lookedAt(field: ImageField, file: Uint8Array, parameter: ImageParameter | undefined): LookedAt {
  const fault = imageFileError(file, parameter);
  return fault === undefined && field === 'mask' ? asMask(file) : { file, fault };
}

const UNREADABLE = 'must be a whole PNG, JPEG or WebP file';
/** Nothing here decodes WebP, and what its transparency was meant to say would be a guess. */
const TRANSPARENT_WEBP = 'must have no transparency as WebP (send it as PNG, or paint white what to edit and black what to keep)';

function asMask(file: Uint8Array): LookedAt {
  if (isTransparentWebp(Buffer.from(file.buffer, file.byteOffset, file.byteLength))) return { file, fault: TRANSPARENT_WEBP };
  try {
    return { file: toBrightness(file) };
  } catch {
    return { file, fault: UNREADABLE };
  }
}

/** What the file's own header says against it. */
export function imageFileError(bytes: Uint8Array, parameter: ImageParameter | undefined): string | undefined {
  const file = readable(bytes);
  if (!file) return UNREADABLE;
  if (!parameter) return undefined;
  const { width, height, contentType } = file;
  const { formats, minSide, maxSide, minPixels, maxPixels, maxRatio } = parameter;
  const got = `got ${width}x${height}`;
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (!formats.includes(contentType.replace('image/', ''))) return `must be one of ${formats.join(', ')}, got ${contentType}`;
  if (short < minSide) return `must have sides of at least ${minSide} pixels, ${got}`;
  if (maxSide !== undefined && long > maxSide) return `must have sides of at most ${maxSide} pixels, ${got}`;
  if (minPixels !== undefined && width * height < minPixels) return `must have at least ${minPixels} pixels, ${got}`;
  if (maxPixels !== undefined && width * height > maxPixels) return `must have at most ${maxPixels} pixels, ${got}`;
  if (maxRatio !== undefined && long > maxRatio * short) return `must have a shape from 1:${maxRatio} to ${maxRatio}:1, ${got}`;
  return undefined;
}

function readable(bytes: Uint8Array) {
  try {
    return readImageFile(bytes);
  } catch {
    return undefined;
  }
}
