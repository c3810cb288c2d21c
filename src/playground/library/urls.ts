/** URLs of images. Each response signs anew, and another URL of the same bytes would be downloaded again. */
import { type PlaygroundConfiguration } from '../../private/contract/playground';
import { type ImageView } from '../../private/contract/responses';

/** Time before `expiresAt` in which a URL is replaced. */
const RENEW_MS = 60_000;

/** Returns which of two views of the same image to keep: the first one, until its URL is about to expire. */
export function keepView(current: ImageView | undefined, fresh: ImageView, now: number): ImageView {
  return current && isUsable(current, now) ? current : fresh;
}

/** Returns whether the URL of a view works for at least another minute. An inline image always works. */
export function isUsable({ url, base64, expiresAt }: ImageView, now: number): boolean {
  if (base64 !== undefined) return true;
  return url !== undefined && (expiresAt === undefined || Date.parse(expiresAt) - RENEW_MS > now);
}

/** Returns the path on the page's own origin for a signed URL of the bucket. URLs of other hosts are returned as they are. */
export function servedUrl(url: string, { images, imagesHost }: Pick<PlaygroundConfiguration, 'images' | 'imagesHost'>): string | undefined {
  const parsed = parseUrl(url);
  if (!parsed) return undefined;
  return parsed.host === imagesHost ? `${images}${parsed.pathname}${parsed.search}` : url;
}

/** Returns the path on the page's own origin for the URL of an upload form. */
export function uploadUrl(url: string, { uploads, imagesHost }: Pick<PlaygroundConfiguration, 'uploads' | 'imagesHost'>): string | undefined {
  const parsed = parseUrl(url);
  if (!parsed) return undefined;
  return parsed.host === imagesHost ? uploads : url;
}

/** Parses a URL of the web. Others, such as `javascript:`, are no images. */
function parseUrl(url: string): URL | undefined {
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed : undefined;
  } catch {
    return undefined;
  }
}
