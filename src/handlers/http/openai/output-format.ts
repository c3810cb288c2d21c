import type { FieldError } from '../../../private/contract/errors';
import type { JsonObject } from '../../../private/contract/json-object';
import type { BackgroundRemoval } from '../../generation/types';
import type { AllowedEdit, AllowedModel } from '../../requests/model-registry';

const REMOVE_BACKGROUND = 'remove-background';

/** Formats with transparency, in order of preference. */
const TRANSPARENT_FORMATS = ['png', 'webp'];

/** Returns the format that the model generates, or undefined for the default of the model. */
export function generatedFormat({ output_format: format, background, n }: JsonObject, { parameters }: AllowedModel): string | undefined {
  const { values } = parameters.outputFormat;
  const ifSupported = (value: string) => (values.includes(value) ? value : undefined);
  // lossless, because the edit that removes the background generates the final format
  if (background === 'transparent') return ifSupported('png');
  if (format !== undefined) return String(format);
  // several images must fit into one response
  return ifSupported(Number(n ?? 1) > 1 ? 'jpeg' : 'png');
}

/** Validates a transparent background. */
export function backgroundErrors({ background, output_format: format }: JsonObject, edits: readonly AllowedEdit[]): FieldError[] {
  if (background !== 'transparent') return [];
  const edit = removeBackgroundEdit(edits);
  if (!edit) return [{ pointer: '/background', detail: `must not be transparent: this API does not have the edit ${REMOVE_BACKGROUND}` }];
  const formats = edit.parameters.outputFormat.values.filter((value) => TRANSPARENT_FORMATS.includes(value));
  if (format === undefined || formats.some((value) => value === format)) return [];
  return [{ pointer: '/output_format', detail: `must be one of ${formats.join(', ')} with a transparent background` }];
}

/** Returns the edit that removes the background if the request has `background: transparent`. */
export function backgroundRemoval({ background, output_format: format }: JsonObject, edits: readonly AllowedEdit[]): BackgroundRemoval | undefined {
  const edit = background === 'transparent' ? removeBackgroundEdit(edits) : undefined;
  return edit && { model: edit.model, outputFormat: String(format ?? TRANSPARENT_FORMATS[0]) };
}

function removeBackgroundEdit(edits: readonly AllowedEdit[]): AllowedEdit | undefined {
  return edits.find(({ edit }) => edit.operation === REMOVE_BACKGROUND);
}
