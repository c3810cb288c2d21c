/** "Use prompt" and "Use all settings": values of the form from a record. */
import { isHash, type ShownPrompt } from './prompts';
import { type JsonObject } from '../../private/contract/json-object';
import { type ImageResponse } from '../../private/contract/responses';
import { fieldNamed, type Form } from '../models/form';
import { valueFits } from '../models/limits';
import { nearestShape } from '../models/shapes';
import { type FieldValue, type FormValues, withValue } from '../models/values';

/** A record. `parameters`: the parameters of its request. Absent in older versions of the API. */
export type RecordWithParameters = Pick<ImageResponse, 'images'> & { readonly parameters?: JsonObject };

export interface RestoredSettings {
  readonly values: FormValues;
  /** Whether all settings are known. Otherwise only the prompt, the seed and the shape are restored, and the page says so. */
  readonly complete: boolean;
}

/** Returns the values with the prompt of an image. */
export function withPrompt(values: FormValues, shown: ShownPrompt): FormValues {
  return shown.kept ? withValue(values, 'prompt', shown.text) : values;
}

/** An image of a record. */
export interface RecordImage {
  readonly record: RecordWithParameters;
  /** Position of the file. */
  readonly index: number;
  readonly shown: ShownPrompt;
}

/** Returns the settings of an image, as far as they fit the form. The image that its request started from is not restored. */
export function settingsOf(form: Form, { record, index, shown }: RecordImage): RestoredSettings {
  const image = record.images[index];
  const parameters = record.parameters === undefined ? shapeOf(form, image) : withSize(record.parameters);
  const entries = Object.entries({ ...parameters, ...(image?.seed !== undefined && { seed: image.seed }) }).filter(([name, value]) => {
    const field = fieldNamed(form, name);
    return field && field.parameter.type !== 'image' && isFieldValue(value) && valueFits(field, value);
  });
  return { values: withPrompt(Object.fromEntries(entries) as FormValues, shown), complete: record.parameters !== undefined };
}

/** Width and height are one field of the form. */
function withSize({ width, height, ...others }: JsonObject): JsonObject {
  return typeof width === 'number' && typeof height === 'number' ? { ...others, size: `${width}x${height}` } : others;
}

function shapeOf({ target }: Form, image: { readonly width: number; readonly height: number } | undefined): JsonObject {
  const { aspectRatio, size } = target.parameters;
  if (!image) return {};
  if (size) return { size: `${image.width}x${image.height}` };
  const nearest = aspectRatio?.type === 'choice' ? nearestShape(image, aspectRatio.values) : undefined;
  return nearest === undefined ? {} : { aspectRatio: nearest };
}

/** Whether a parameter is a value of the form. An API can keep only the hash of a text such as `negativePrompt`. */
function isFieldValue(value: unknown): value is FieldValue {
  if (typeof value === 'string') return !isHash(value);
  return ['number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}
