import { S3ImageStore } from '../../../src/handlers/adapters/s3/s3-image-store';
import { signUrl } from '../../../src/handlers/http/signed-urls';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0, 999);
const TIMES = { now: NOW, ttlSeconds: 3600 };

beforeAll(() => Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' }));

describe('signUrl', () => {
  const images = new S3ImageStore('bucket', 'eu-central-1');

  it('signs for the Regional endpoint, with the expiration that it returns', async () => {
    const signed = await signUrl(images, 'images/0.png', { ...TIMES, imageExpiresAt: NOW + 86_400_000 });
    const url = new URL(signed!.url);
    expect(url.host).toBe('bucket.s3.eu-central-1.amazonaws.com');
    expect(url.searchParams.get('X-Amz-Date')).toBe('20261121T120000Z');
    expect(url.searchParams.get('X-Amz-Expires')).toBe('3600');
    expect(url.searchParams.get('X-Amz-Algorithm')).toBe('AWS4-HMAC-SHA256');
    expect([...url.searchParams.keys()].join()).not.toMatch(/checksum/i);
    expect(signed!.expiresAt).toBe('2026-11-21T13:00:00.000Z');
  });

  it('signs for the Regional endpoint in us-east-1', async () => {
    expect(new URL(await new S3ImageStore('bucket', 'us-east-1').sign('k', new Date(NOW), 60)).host).toBe('bucket.s3.us-east-1.amazonaws.com');
  });

  it('expires with the image', async () => {
    expect((await signUrl(images, 'k', { ...TIMES, imageExpiresAt: NOW + 90_000 }))!.expiresAt).toBe('2026-11-21T12:01:30.000Z');
    expect(await signUrl(images, 'k', { ...TIMES, imageExpiresAt: NOW })).toBeUndefined();
    expect(await signUrl(images, 'k', { ...TIMES, imageExpiresAt: NOW - 1 })).toBeUndefined();
  });
});
