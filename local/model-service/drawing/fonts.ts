import { GlobalFonts } from '@napi-rs/canvas';

/** Font names that no operating system has, so that all machines render with the same fonts. */
export const TITLE_FONT = 'Model Service Title';
export const CAPTION_FONT = 'Model Service Caption';

/** Registers the fonts of an npm package, so that machines without fonts can render text. */
export function registerFonts(): void {
  if (GlobalFonts.has(TITLE_FONT)) return;
  GlobalFonts.registerFromPath(require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'), TITLE_FONT);
  GlobalFonts.registerFromPath(require.resolve('@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf'), CAPTION_FONT);
}
