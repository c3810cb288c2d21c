import type { AllowedModel } from './model-registry';
import type { FieldError } from '../../private/contract/errors';
import type { JsonObject } from '../../private/contract/json-object';
import { INLINE_MAX_BYTES, ULID } from '../../private/contract/request-limits';
import type { InputImage, InputImageField } from '../generation/types';
import { ApiError } from '../shared/api-error';

/** Fields that contain an image. */
export const IMAGE_FIELDS: readonly InputImageField[] = ['image', 'mask', 'styleImage'];

/** The id of an upload or of an image, optionally with the index of one of several images. */
const STORED = new RegExp(`^(${ULID})(?:/([0-3]))?$`);
/** Of any type: the bytes decide what they are. */
const DATA_URL = /^\s*data:[^,]{0,200};base64,/i;
const PADDING_AT_END = /={1,2}$/;
/** Both alphabets of base64 (RFC 4648). */
const NOT_BASE64 = /[^A-Za-z0-9+/_-]/;
const BLANKS = /\s+/g;

/** Returns the input images of a validated body, to be loaded when they are needed. */
export function inputImagesOf(data: JsonObject, { parameters }: AllowedModel): InputImage[] {
  return IMAGE_FIELDS.filter((field) => data[field] !== undefined).map((field): InputImage => {
    const value = String(data[field]);
    return { field, source: sourceOf(value), parameter: parameters[field] };
  });
}

/** Returns whether the value of an image field is the id of an upload or of an image. */
export function isImageId(value: unknown): value is string {
  return typeof value === 'string' && STORED.test(value);
}

function sourceOf(value: string): InputImage['source'] {
  const stored = STORED.exec(value);
  if (!stored) return { base64: base64Of(value) };
  const [, id, index = '0'] = stored;
  return { id, index: Number(index) };
}

/** Returns the validation errors of the image fields, without loading images. Throws if the inline images are too large in total. */
export function inputImageErrors(data: JsonObject, hasUploads: boolean): FieldError[] {
  const given = IMAGE_FIELDS.filter((field) => data[field] !== undefined).map((field) => ({ field, value: data[field] }));
  const inline = given.filter(({ value }) => !isImageId(value));
  const bytes = inline.reduce((sum, { value }) => sum + (typeof value === 'string' ? decodedBytes(value) : 0), 0);
  if (bytes > INLINE_MAX_BYTES) {
    throw new ApiError('PAYLOAD_TOO_LARGE', `inline images can have at most ${INLINE_MAX_BYTES} bytes in total, got ${bytes}; `
      + (hasUploads ? 'send larger images with POST /images/uploads and pass the upload id' : 'send smaller images'));
  }
  return inline.filter(({ value }) => !(typeof value === 'string' && isBase64(value))).map(({ field }) => ({
    pointer: `/${field}`, detail: 'must be the id of one of your images or uploads, or a PNG, JPEG or WebP in base64',
  }));
}

/** Searches for an invalid character. A pattern of valid characters can overflow the stack for strings of megabytes. */
function isBase64(value: string): boolean {
  const text = base64Of(value).replace(PADDING_AT_END, '');
  return text !== '' && !NOT_BASE64.test(text);
}

function decodedBytes(value: string): number {
  return Buffer.byteLength(base64Of(value), 'base64');
}

/** Decodes an inline image. */
export function decodeInlineImage(value: string): Buffer {
  return Buffer.from(base64Of(value), 'base64');
}

/** Removes the header of a data URL, and line breaks, which many encoders add. */
function base64Of(value: string): string {
  return value.replace(DATA_URL, '').replace(BLANKS, '');
}
