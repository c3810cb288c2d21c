/**
 * The state of the page in the fragment of its URL. A fragment is never sent to a server, so that prompts stay out of logs and `Referer`.
 * Only values that differ from the defaults are written.
 */
import { ULID } from '../private/contract/request-limits';

export type Theme = 'light' | 'dark';
export type GallerySize = 's' | 'm' | 'l';

/** Values of the form as texts, by request field. `models/form-fields.ts` converts them. */
export type LocationFields = Readonly<Record<string, string>>;

/** An image of a record. `index` is the position of the file in it. */
export interface ImageReference {
  readonly id: string;
  readonly index: number;
}

export type View =
  | { readonly view: 'create'; readonly fields: LocationFields; /** Ids of the queued jobs of the run. */ readonly run: readonly string[] }
  | { readonly view: 'edit'; readonly image?: ImageReference; readonly operation?: string; readonly fields: LocationFields }
  | { readonly view: 'batch'; readonly id?: string; readonly fields: LocationFields }
  | { readonly view: 'gallery'; readonly size: GallerySize }
  | { readonly view: 'image'; readonly image: ImageReference };

export type PageLocation = View & {
  /** Absent: the theme of the system. */
  readonly theme?: Theme;
};

/** Start view. */
export const START: PageLocation = { view: 'create', fields: {}, run: [] };

/** Parses a fragment, with or without `#`. Parts that are not valid are left out; an unknown view is the start view. Never throws. */
export function parseLocation(fragment: string): PageLocation {
  const text = fragment.replace(/^#/, '');
  const end = text.indexOf('?');
  const path = (end < 0 ? text : text.slice(0, end)).split('/').filter((part) => part !== '');
  const query = new URLSearchParams(end < 0 ? '' : text.slice(end + 1));
  const theme = query.get('theme');
  return { ...parseView(path, query), ...((theme === 'light' || theme === 'dark') && { theme }) };
}

/** Returns the fragment of a location, with `#`. */
export function writeLocation(location: PageLocation): string {
  const query = new URLSearchParams();
  const path = writeView(location, query);
  if (location.theme) query.set('theme', location.theme);
  const text = query.toString();
  return `#/${path}${text === '' ? '' : `?${text}`}`;
}

function parseView([view, first, second]: readonly string[], query: URLSearchParams): View {
  const image = parseImage(first, second);
  switch (view) {
    case 'edit': {
      const operation = query.get('op');
      return { view, fields: parseFields(query), ...(image && { image }), ...(operation && NAME.test(operation) && { operation }) };
    }
    case 'batch': return { view, fields: parseFields(query), ...(first !== undefined && ID.test(first) && { id: first }) };
    case 'gallery': {
      const size = query.get('size');
      return { view, size: size === 's' || size === 'l' ? size : 'm' };
    }
    case 'image': return image ? { view, image } : START;
    default: return { view: 'create', fields: parseFields(query), run: (query.get('run') ?? '').split(',').filter((id) => ID.test(id)) };
  }
}

function writeView(location: PageLocation, query: URLSearchParams): string {
  switch (location.view) {
    case 'create':
      writeFields(location.fields, query);
      if (location.run.length > 0) query.set('run', location.run.join(','));
      return 'create';
    case 'edit':
      if (location.operation !== undefined) query.set('op', location.operation);
      writeFields(location.fields, query);
      return location.image ? `edit/${writeImage(location.image)}` : 'edit';
    case 'batch':
      writeFields(location.fields, query);
      return location.id === undefined ? 'batch' : `batch/${location.id}`;
    case 'gallery':
      if (location.size !== 'm') query.set('size', location.size);
      return 'gallery';
    case 'image': return `image/${writeImage(location.image)}`;
  }
}

const ID = new RegExp(`^${ULID}$`);
/** Names of request fields and operations. */
const NAME = /^[A-Za-z][\w-]{0,63}$/;
const INDEX = /^[0-3]$/;

function parseImage(id: string | undefined, index = '0'): ImageReference | undefined {
  return id !== undefined && ID.test(id) && INDEX.test(index) ? { id, index: Number(index) } : undefined;
}

function writeImage({ id, index }: ImageReference): string {
  return `${id}/${index}`;
}

/** Short names of fields in the URL. */
const SHORT: Readonly<Record<string, string>> = { aspectRatio: 'ratio', count: 'n' };
const LONG: Readonly<Record<string, string>> = { ratio: 'aspectRatio', n: 'count' };
/** Parameters of the URL that are no fields. A field with such a name gets a prefix. */
const RESERVED: readonly string[] = ['theme', 'run', 'op', ...Object.keys(LONG)];
const PREFIX = 'field.';

function parseFields(query: URLSearchParams): LocationFields {
  const entries = [...query].filter(([key]) => Object.hasOwn(LONG, key) || !RESERVED.includes(key)).map(([key, value]): [string, string] => {
    if (Object.hasOwn(LONG, key)) return [LONG[key], value];
    return [key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key, value];
  });
  return Object.fromEntries(entries.filter(([name]) => NAME.test(name)));
}

function writeFields(fields: LocationFields, query: URLSearchParams): void {
  for (const [name, value] of Object.entries(fields)) {
    if (Object.hasOwn(SHORT, name)) query.set(SHORT[name], value);
    else query.set(RESERVED.includes(name) ? `${PREFIX}${name}` : name, value);
  }
}
