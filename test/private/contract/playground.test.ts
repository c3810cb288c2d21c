import * as vm from 'node:vm';
import { PLAYGROUND_DATA_HEADERS, playgroundHeaders, playgroundPolicy } from '../../../src/private/contract/playground';
import { PLAYGROUND_PATH_FUNCTION } from '../../../src/private/contract/playground-paths';

function run(uri: string, method = 'GET'): unknown {
  const request = { method, uri, querystring: { a: { value: '1' } }, headers: { host: { value: 'd1' } }, cookies: {} };
  return vm.runInNewContext(`${PLAYGROUND_PATH_FUNCTION}; JSON.stringify(handler(event))`, { event: { version: '1.0', context: {}, viewer: {}, request } });
}

const uriOf = (uri: string, method?: string) => (JSON.parse(run(uri, method) as string) as { uri: string }).uri;

describe('the path function', () => {
  it.each([
    ['/api/images', '/images'],
    ['/api/images/a%20b', '/images/a%20b'],
    ['/api/', '/'],
    ['/api/api/x', '/api/x'],
    ['/i/images/o/1.png', '/images/o/1.png'],
    ['/i/i/1.png', '/i/1.png'],
    ['/i/a//b', '/a//b'],
  ])('rewrites %s to %s', (uri, expected) => {
    expect(uriOf(uri)).toBe(expected);
  });

  it('changes nothing else', () => {
    expect(JSON.parse(run('/i/a.png') as string)).toEqual({ method: 'GET', uri: '/a.png', querystring: { a: { value: '1' } }, headers: { host: { value: 'd1' } }, cookies: {} });
  });

  it('rewrites uploads to the root, and refuses other methods', () => {
    expect(uriOf('/u', 'POST')).toBe('/');
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect(JSON.parse(run('/u', method) as string)).toEqual({ statusCode: 405, statusDescription: 'Method Not Allowed', headers: { allow: { value: 'POST' } } });
    }
  });

  it('fits into the quota of CloudFront', () => {
    expect(Buffer.byteLength(PLAYGROUND_PATH_FUNCTION)).toBeLessThan(10 * 1024);
  });
});

describe('the policy of the page', () => {
  it('allows scripts, styles and requests of its own origin only', () => {
    expect(playgroundPolicy()).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
      + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
  });

  it('adds origins of images and sign-in to their directives only', () => {
    const policy = playgroundPolicy({ signIn: 'https://login.example.com', images: ['https://one.example.com', 'https://two.example.com'] });
    expect(policy.split('; ').filter((directive) => directive.includes('https:'))).toEqual([
      "img-src 'self' blob: https://one.example.com https://two.example.com", "connect-src 'self' https://login.example.com",
    ]);
  });

  it('contains no unsafe source, and neither does that of data', () => {
    for (const headers of [playgroundHeaders(), PLAYGROUND_DATA_HEADERS]) expect(headers['Content-Security-Policy']).not.toMatch(/unsafe|\*|data:/);
  });

  it('is short, because CloudFront limits its length', () => {
    expect(playgroundPolicy({ signIn: `https://${'x'.repeat(63)}.auth.ap-southeast-2.amazoncognito.com` }).length).toBeLessThan(1_000);
  });
});
