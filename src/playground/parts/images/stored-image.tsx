import { useEffect, useState } from 'preact/hooks';
import { type ImageResponse, type ImageView } from '../../../private/contract/responses';
import { fromBase64 } from '../../library/base64';
import { altText } from '../../library/prompts';
import { servedUrl } from '../../library/urls';
import { usePage } from '../context';

export interface StoredImageProps {
  readonly record: ImageResponse;
  readonly index: number;
  /** Default: the prompt of the image. */
  readonly alt?: string;
  readonly isLazy?: boolean;
  readonly onFailed?: () => void;
}

/** An image of a record. If its URL does not work, a new one is requested once. */
export function StoredImage({ record, index, alt, isLazy, onFailed }: StoredImageProps) {
  const { library } = usePage();
  const view = currentView(library.records.value.get(record.id) ?? record, index);
  const source = useImageSource(view);
  const [renewedUrl, setRenewedUrl] = useState<string | undefined>(undefined);
  const onError = async () => {
    // a new URL that does not work either
    if (view?.url === renewedUrl || !await library.renew(record.id)) onFailed?.();
    else setRenewedUrl(currentView(library.records.peek().get(record.id) ?? record, index)?.url);
  };
  if (!view || source === undefined) return null;
  return (
    <img
      src={source} alt={alt ?? altText(library.promptOf(record), view)} width={view.width} height={view.height}
      loading={isLazy ? 'lazy' : undefined} decoding="async" onError={() => void onError()}
    />
  );
}

function currentView({ images }: ImageResponse, index: number): ImageView | undefined {
  return images[index];
}

/** Returns the address of an image on the page's own origin. An inline image becomes a Blob, which the policy allows. */
export function useImageSource(view: ImageView | undefined): string | undefined {
  const { configuration } = usePage();
  const [blobUrl, setBlobUrl] = useState<string | undefined>(undefined);
  const base64 = view?.base64;
  const contentType = view?.contentType;
  useEffect(() => {
    if (base64 === undefined) return undefined;
    const url = URL.createObjectURL(fromBase64(base64, contentType));
    setBlobUrl(url);
    return () => URL.revokeObjectURL(url);
  }, [base64, contentType]);
  if (base64 !== undefined) return blobUrl;
  return view?.url === undefined ? undefined : servedUrl(view.url, configuration);
}
