import { GlobalFonts } from '@napi-rs/canvas';

/** Names that no operating system installs, so that every machine letters with the same font. */
export const TITLE_FONT = 'Model Service Title';
export const CAPTION_FONT = 'Model Service Caption';

/** Registers the fonts that come with an npm package; a machine without any font can letter then. */
export function registerFonts(): void {
  if (GlobalFonts.has(TITLE_FONT)) return;
  GlobalFonts.registerFromPath(require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'), TITLE_FONT);
  GlobalFonts.registerFromPath(require.resolve('@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf'), CAPTION_FONT);
}
