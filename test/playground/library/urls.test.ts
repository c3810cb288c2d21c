import fc from 'fast-check';
import { isUsable, keepView, servedUrl, uploadUrl } from '../../../src/playground/library/urls';
import { PLAYGROUND_PATHS } from '../../../src/private/contract/playground';
import { type ImageView } from '../../../src/private/contract/responses';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const HOST = 'images-bucket.s3.eu-west-1.amazonaws.com';
const CONFIGURATION = { ...PLAYGROUND_PATHS, imagesHost: HOST };
const view = (name: string, seconds: number): ImageView => ({
  url: `https://${HOST}/${name}`, expiresAt: new Date(NOW + seconds * 1000).toISOString(), contentType: 'image/png', width: 1, height: 1,
});

it('the first URL of an image is kept until 60 seconds before it expires', () => {
  const fresh = view('fresh', 3600);
  expect(keepView(undefined, fresh, NOW)).toBe(fresh);
  expect(keepView(view('old', 61), fresh, NOW)).toEqual(view('old', 61));
  expect(keepView(view('old', 60), fresh, NOW)).toBe(fresh);
  expect(keepView(view('old', -1), fresh, NOW)).toBe(fresh);
});

it('an inline image is kept, and a view without a URL is not', () => {
  const inline: ImageView = { base64: 'AAAA', contentType: 'image/png', width: 1, height: 1 };
  expect(isUsable(inline, NOW)).toBe(true);
  expect(isUsable({ contentType: 'image/png', width: 1, height: 1 }, NOW)).toBe(false);
  expect(isUsable({ url: 'https://example.com/x', contentType: 'image/png', width: 1, height: 1 }, NOW)).toBe(true);
});

it('a signed URL of the bucket is requested from the origin of the page, with the path and the query that were signed', () => {
  const signed = `https://${HOST}/images/a%20b/0.png?X-Amz-Signature=abc%2F&X-Amz-Date=20261127T120000Z`;
  expect(servedUrl(signed, CONFIGURATION)).toBe('/i/images/a%20b/0.png?X-Amz-Signature=abc%2F&X-Amz-Date=20261127T120000Z');
});

it('a URL of another host is not changed', () => {
  for (const url of ['https://d111.cloudfront.net/x.png?Signature=1', `https://${HOST}.example.com/x.png`, `https://${HOST}:8443/x.png`]) {
    expect(servedUrl(url, CONFIGURATION)).toBe(url);
  }
});

it('the host of the local run has a port', () => {
  expect(servedUrl('http://bucket.localhost:4566/x.png?a=1', { images: '/i', imagesHost: 'bucket.localhost:4566' })).toBe('/i/x.png?a=1');
});

it('what is no URL of the web is no image', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'x.png', '', '//', 'blob:https://example.com/1']) expect(servedUrl(url, CONFIGURATION)).toBeUndefined();
});

it('the path and the query of any signed URL stay as they are', () => {
  fc.assert(fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
    const { pathname, search } = new URL(url);
    const signed = `https://${HOST}${pathname}${search}`;
    expect(servedUrl(signed, CONFIGURATION)).toBe(`/i${signed.slice(`https://${HOST}`.length)}`);
  }));
});

it('the form of an upload is sent to the origin of the page', () => {
  expect(uploadUrl(`https://${HOST}/`, CONFIGURATION)).toBe('/u');
  expect(uploadUrl('https://other.example.com/', CONFIGURATION)).toBe('https://other.example.com/');
  expect(uploadUrl('x', CONFIGURATION)).toBeUndefined();
});
