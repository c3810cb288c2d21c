/** The input images of a request: by id, in the body up to a limit, or as uploads. */
import { type EditInput, storedIdOf } from './edit-input';
import { INLINE_MAX_BYTES } from '../../../private/contract/request-limits';
import { fromBase64, toBase64 } from '../../library/base64';
import { type Size } from '../../models/size-limits';
import { type FormValues } from '../../models/values';

export interface MaskInput {
  /** One byte a pixel. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly size: Size;
}

export interface EditInputs {
  readonly image: EditInput;
  readonly mask?: MaskInput;
}

export type EncodedInputs =
  | { readonly ok: true; /** `image` and `mask`. */ readonly values: FormValues }
  | { readonly ok: false; /** What happened and what to do. */ readonly reason: string };

export type InputEncoder = (inputs: EditInputs) => Promise<EncodedInputs>;

export interface EncoderOptions {
  /** Encodes a mask as PNG. */
  readonly encodeMask: (mask: MaskInput) => Promise<Blob>;
  /** Uploads a file, and returns its id. Returns undefined if it failed. */
  readonly upload: (file: Blob) => Promise<string | undefined>;
}

const UPLOAD_FAILED = 'The image could not be uploaded. Nothing was charged. Try again.';

export function createInputEncoder({ encodeMask, upload }: EncoderOptions): InputEncoder {
  return async ({ image, mask }) => {
    const maskFile = mask && await encodeMask(mask);
    const id = storedIdOf(image);
    const imageFile = id === undefined ? fileOf(image) : undefined;
    const isInBody = (imageFile?.size ?? 0) + (maskFile?.size ?? 0) <= INLINE_MAX_BYTES;
    const encode = async (file: Blob) => (isInBody ? toBase64(file) : upload(file));
    const [imageValue, maskValue] = await Promise.all([imageFile ? encode(imageFile) : id, maskFile && encode(maskFile)]);
    if (imageValue === undefined || (maskFile && maskValue === undefined)) return { ok: false, reason: UPLOAD_FAILED };
    return { ok: true, values: { image: imageValue, ...(maskValue !== undefined && { mask: maskValue }) } };
  };
}

function fileOf(input: EditInput): Blob {
  if (input.kind === 'file') return input.blob;
  const { base64 = '', contentType } = input.record.images[input.index];
  return fromBase64(base64, contentType);
}
