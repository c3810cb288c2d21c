import { type PageOptions } from './playground-page';

/** How a test opens a page. */
export type Look = Omit<PageOptions, 'url' | 'userPoolUrl'>;

/** Sizes and themes that each view is checked in, with their names. */
export const LOOKS: readonly (readonly [name: string, look: Look])[] = [
  ['desktop, light', {}], ['desktop, dark', { dark: true }], ['phone, light', { phone: true }], ['phone, dark', { phone: true, dark: true }],
];
