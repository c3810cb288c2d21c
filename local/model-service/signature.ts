import { missingSignature, unusableSignature } from './bedrock/bedrock-errors';

const SIGNATURE_V4 = new RegExp('^AWS4-HMAC-SHA256 '
  + 'Credential=[^/\\s,]+/\\d{8}/(?<region>[a-z0-9-]+)/(?<service>[a-z0-9-]+)/aws4_request,\\s*'
  + 'SignedHeaders=(?<headers>[^,\\s]+),\\s*'
  + 'Signature=[0-9a-f]{64}$');

/** What HTTP/1.1 and HTTP/2 call the host. */
const HOST_HEADERS = ['host', ':authority'];

export type SignedService = 'bedrock' | 'sagemaker';

/**
 * The region a request is signed for. Any access key passes and the signature itself is not computed again, for there is no
 * secret to check it with; what is checked is that the caller signs at all, signs the host, and signs for the service it calls.
 */
export function signedRegion(authorization: string | undefined, service: SignedService = 'bedrock'): string {
  if (authorization === undefined || authorization === '') throw missingSignature();
  const parts = SIGNATURE_V4.exec(authorization)?.groups;
  if (parts === undefined || parts.service !== service) throw unusableSignature();
  if (!HOST_HEADERS.some((name) => parts.headers.split(';').includes(name))) throw unusableSignature();
  return parts.region;
}
