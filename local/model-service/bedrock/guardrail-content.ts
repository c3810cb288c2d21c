import { malformedInput, validationError } from './bedrock-errors';
import { readImageHeader, isBase64 } from '../schema/image-validation';
import { isObject, type JsonObject } from '../schema/schema-validation';

export type GuardrailSource = 'INPUT' | 'OUTPUT';

/** The content that a guardrail evaluates. */
export interface GuardrailContent {
  readonly source: GuardrailSource;
  readonly texts: readonly string[];
  /** Number of images. */
  readonly images: number;
}

const MEMBERS = ['source', 'content', 'outputScope'];
const SOURCES: readonly string[] = ['INPUT', 'OUTPUT'];
const SCOPES: readonly unknown[] = [undefined, 'INTERVENTIONS', 'FULL'];
/** 25 text units of 1,000 characters, the smallest quota of a Region. */
const MAX_CHARACTERS = 25_000;
const IMAGE_FORMATS: readonly string[] = ['png', 'jpeg'];
const MAX_IMAGES = 20;
const MAX_IMAGE_BYTES = 4 * 1024 * 1024;
const MAX_IMAGE_SIDE = 8000;

/** Parses the body of ApplyGuardrail. Throws the error of Bedrock for an invalid body. */
export function parseGuardrailContent(body: JsonObject): GuardrailContent {
  const unknown = Object.keys(body).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw malformedInput([`#: extraneous key [${unknown}] is not permitted`]);
  if (typeof body.source !== 'string' || !SOURCES.includes(body.source)) throw malformedInput(['#/source: expected one of INPUT, OUTPUT']);
  if (!SCOPES.includes(body.outputScope)) throw malformedInput(['#/outputScope: expected one of INTERVENTIONS, FULL']);
  if (!Array.isArray(body.content) || body.content.length === 0) throw malformedInput(['#/content: expected minimum item count: 1']);
  const blocks: readonly unknown[] = body.content;
  const texts = blocks.flatMap((block, at) => isObject(block) && 'text' in block ? [textOf(block.text, at)] : []);
  const images = blocks.filter((block) => isObject(block) && 'image' in block);
  if (texts.length + images.length !== blocks.length) throw malformedInput(['#/content: expected blocks of either text or image']);
  const characters = [...texts.join('')].length;
  if (characters > MAX_CHARACTERS) throw validationError(`The content holds ${characters} characters; the limit is ${MAX_CHARACTERS}.`);
  if (images.length > MAX_IMAGES) throw validationError(`The content holds ${images.length} images; the limit is ${MAX_IMAGES}.`);
  images.forEach((block) => checkImage((block as JsonObject).image));
  return { source: body.source as GuardrailSource, texts, images: images.length };
}

function textOf(block: unknown, at: number): string {
  if (isObject(block) && typeof block.text === 'string' && block.text !== '') return block.text;
  throw malformedInput([`#/content/${at}/text/text: expected a text of at least one character`]);
}

function checkImage(image: unknown): void {
  const { format, source } = isObject(image) ? image : {};
  const bytes = isObject(source) ? source.bytes : undefined;
  if (typeof format !== 'string' || !IMAGE_FORMATS.includes(format)) throw validationError('The image format must be png or jpeg.');
  if (typeof bytes !== 'string' || !isBase64(bytes)) throw validationError('The image is not base64.');
  const header = readImageHeader(bytes);
  if (header?.format !== format) throw validationError(`The image is not in the format ${format}.`);
  if (Buffer.byteLength(bytes, 'base64') > MAX_IMAGE_BYTES) throw validationError('The image is larger than 4 MB.');
  if (Math.max(header.width, header.height) > MAX_IMAGE_SIDE) throw validationError(`The image is larger than ${MAX_IMAGE_SIDE} pixels a side.`);
}
