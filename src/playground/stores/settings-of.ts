/** The settings that an image was generated with, for "Same again" and "Use all settings". */
import { type Capabilities, type ImageResponse } from '../../private/contract/responses';
import { type ShownPrompt } from '../library/prompts';
import { type RestoredSettings, settingsOf as settingsOfForm } from '../library/settings';
import { type Form, formOf } from '../models/form';

export interface ImageSettings extends RestoredSettings {
  readonly form: Form;
}

/** Returns the settings of an image. Returns undefined if its prompt was not kept, if its model is not available any more, and for edits. */
export function settingsOf(record: ImageResponse, index: number, shown: ShownPrompt, { models }: Capabilities): ImageSettings | undefined {
  const model = models.find(({ id }) => id === record.model);
  if (!model || !shown.kept || record.operation !== undefined) return undefined;
  const form = formOf(model);
  return { form, ...settingsOfForm(form, { record, index, shown }) };
}
