import type { Clock, GenerationInput, ImageRecords, ImageStore } from './ports';
import { uploadKey } from './storage/keys';
import type { ImageRecord } from './storage/records';
import { ANONYMOUS, type GenerateRequest, type GenerationSettings, type InputImage, type InputImageField } from './types';
import type { FieldError } from '../../private/contract/errors';
import type { ImageParameter } from '../../private/contract/models';
import type { ImageSource } from '../../private/contract/responses';
import { readImageFile, withoutTrailer, type ImageFile } from '../images/image-file';
import { isTransparentWebp } from '../images/transparency';
import { ApiError, invalidRequest, notFound } from '../shared/api-error';

/** The maximum body of InvokeModel, which contains the images in base64. */
const MODEL_BODY_MAX_BYTES = 25_000_000;
/** Reserved for the other fields of the body. */
const OTHER_FIELDS_BYTES = 100_000;
/** Base64 encodes three bytes as four. */
const FILES_MAX_BYTES = ((MODEL_BODY_MAX_BYTES - OTHER_FIELDS_BYTES) * 3) / 4;

export const UNREADABLE = 'must be a complete PNG, JPEG or WebP file';
/** WebP files are not decoded, so their transparency cannot be converted. */
const TRANSPARENT_WEBP = 'must not be a WebP file with transparency (send a PNG, or mark the area to edit in white and the rest in black)';

export interface InputImagePorts {
  readonly records: ImageRecords;
  readonly store: ImageStore;
  readonly clock: Clock;
}

type InputImageFiles = Pick<GenerationInput, InputImageField>;

/** A loaded file, and why the model cannot use it. */
interface LoadedFile {
  readonly file: Uint8Array;
  readonly error?: string;
}

/** Loads the input images of requests and checks them against the limits of the model. */
export class InputImageLoader {
  private readonly readRecords = new Map<string, Promise<ImageRecord | undefined>>();

  constructor(private readonly ports: InputImagePorts, private readonly settings: Pick<GenerationSettings, 'prefix'>) {}

  /** Throws an `ApiError` if an image does not exist, does not belong to the owner, or is not accepted by the model. */
  public async load({ model, inputImages }: GenerateRequest, owner: string): Promise<InputImageFiles> {
    const loaded = await Promise.all(inputImages.map(async (image) => {
      const { field, parameter } = image;
      return { field, ...await checkFile(field, await this.loadFile(image, owner), parameter) };
    }));
    const fieldErrors = loaded.flatMap(({ field, error }): FieldError[] => (
      error === undefined ? [] : [{ pointer: `/${field}`, detail: `${error} for ${model.id}` }]
    ));
    if (fieldErrors.length > 0) throw invalidRequest(fieldErrors);
    const fileOf = (name: InputImageField) => loaded.find(({ field }) => field === name)?.file;
    const files = { image: fileOf('image'), mask: fileOf('mask'), styleImage: fileOf('styleImage') };
    rejectOtherShape(files);

    const bytes = loaded.reduce((sum, { file }) => sum + file.byteLength, 0);
    if (bytes > FILES_MAX_BYTES) {
      throw new ApiError('PAYLOAD_TOO_LARGE', `the images of a model call can have at most ${FILES_MAX_BYTES} bytes in total, got ${bytes}`);
    }
    return files;
  }

  /**
   * Returns the input image of a request if it is a stored image of the owner. Without owners, anyone with an id can read the image, so a
   * record never contains the id of another image.
   */
  public async sourceOf({ inputImages }: GenerateRequest, owner: string): Promise<ImageSource | undefined> {
    const source = inputImages.find(({ field }) => field === 'image')?.source;
    if (!source || !('id' in source) || owner === ANONYMOUS) return undefined;
    return await this.recordOf(owner, source.id) ? source : undefined;
  }

  /** Reads a record once, because several images of a request or a batch can be in one record. */
  private recordOf(owner: string, id: string): Promise<ImageRecord | undefined> {
    const key = JSON.stringify([owner, id]);
    const record = this.readRecords.get(key) ?? this.ports.records.get(owner, id);
    this.readRecords.set(key, record);
    return record;
  }

  private async loadFile({ field, source }: InputImage, owner: string): Promise<Uint8Array> {
    if ('base64' in source) return Buffer.from(source.base64, 'base64');
    const file = await this.loadStored(owner, source.id, source.index);
    if (!file) throw new ApiError('NOT_FOUND', `${field}: ${notFound().message}`);
    return file;
  }

  /** Looks up records and uploads of the owner only. */
  private async loadStored(owner: string, id: string, index: number): Promise<Uint8Array | undefined> {
    const { store, clock } = this.ports;
    const record = await this.recordOf(owner, id);
    if (!record) return store.readIfExists(uploadKey(owner, id, this.settings.prefix));
    const image = record.images[index];
    // S3 deletes expired objects up to a day late
    return image && record.imageExpiresAt > clock.now() ? store.readIfExists(image.key) : undefined;
  }
}

/** Throws unless the mask is the image, scaled: otherwise the model edits another area than the client marked. */
function rejectOtherShape({ image, mask }: InputImageFiles): void {
  if (!image || !mask) return;
  const [imageFile, maskFile] = [readImageFile(image), readImageFile(mask)];
  if (haveSameShape(imageFile, maskFile)) return;
  const detail = `must have the aspect ratio of the image, got ${maskFile.width}x${maskFile.height} for an image of ${imageFile.width}x${imageFile.height}; `
    + 'the orientation in the metadata of a photo is ignored, so rotate the photo itself';
  throw invalidRequest([{ pointer: '/mask', detail }]);
}

/** Whether one size is the other one, scaled and rounded: the larger one, scaled to a side of the other, differs by at most one pixel. */
function haveSameShape(one: ImageFile, other: ImageFile): boolean {
  return Math.abs(one.height * other.width - other.height * one.width) <= Math.max(one.width, one.height, other.width, other.height);
}

async function checkFile(field: InputImageField, file: Uint8Array, parameter: ImageParameter | undefined): Promise<LoadedFile> {
  const error = imageFileError(file, parameter);
  if (error !== undefined) return { file, error };
  const image = withoutTrailer(file);
  return field === 'mask' ? convertMask(image) : { file: image };
}

async function convertMask(file: Uint8Array): Promise<LoadedFile> {
  if (isTransparentWebp(Buffer.from(file.buffer, file.byteOffset, file.byteLength))) return { file, error: TRANSPARENT_WEBP };
  const { normalizeMask } = await import('../images/mask');
  try {
    return { file: normalizeMask(file) };
  } catch {
    return { file, error: UNREADABLE };
  }
}

/** Returns why a file is not an image that the model accepts, by its header. */
export function imageFileError(bytes: Uint8Array, parameter: ImageParameter | undefined): string | undefined {
  const file = readIfImage(bytes);
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
  if (maxRatio !== undefined && long > maxRatio * short) return `must have an aspect ratio from 1:${maxRatio} to ${maxRatio}:1, ${got}`;
  return undefined;
}

function readIfImage(bytes: Uint8Array): ImageFile | undefined {
  try {
    return readImageFile(bytes);
  } catch {
    return undefined;
  }
}
