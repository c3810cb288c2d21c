import { missingSignature, invalidSignature } from './bedrock/bedrock-errors';

const SIGNATURE_V4 = new RegExp('^AWS4-HMAC-SHA256 '
  + 'Credential=[^/\\s,]+/\\d{8}/(?<region>[a-z0-9-]+)/(?<service>[a-z0-9-]+)/aws4_request,\\s*'
  + 'SignedHeaders=(?<headers>[^,\\s]+),\\s*'
  + 'Signature=[0-9a-f]{64}$');

/** Names of the host header in HTTP/1.1 and HTTP/2. */
const HOST_HEADERS = ['host', ':authority'];

export type SignedService = 'bedrock' | 'sagemaker';

/**
 * Returns the Region of a signed request. Checks that the request is signed for the service and that the signature covers
 * the host. Accepts any access key and does not verify the signature, because the service has no secret keys.
 */
export function signedRegion(authorization: string | undefined, service: SignedService = 'bedrock'): string {
  if (authorization === undefined || authorization === '') throw missingSignature();
  const parts = SIGNATURE_V4.exec(authorization)?.groups;
  if (parts === undefined || parts.service !== service) throw invalidSignature();
  if (!HOST_HEADERS.some((name) => parts.headers.split(';').includes(name))) throw invalidSignature();
  return parts.region;
}
