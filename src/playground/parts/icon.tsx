import { ICON_PATHS, type IconName } from './icon-paths';

/** An icon beside a text, or in a button that has a label. Screen readers skip it. */
export function Icon({ name }: { readonly name: IconName }) {
  return <svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d={ICON_PATHS[name]} /></svg>;
}
