import * as http from 'node:http';
import * as net from 'node:net';
import { crc32 } from 'node:zlib';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { S3ImageStore } from '../../../../src/handlers/adapters/s3/s3-image-store';
import { PNG } from '../../../helpers/world';

const IMAGE = { bytes: PNG, seed: 7, contentType: 'image/png', width: 1, height: 1 };
// test/e2e/port-contract.test.ts tests the behavior
const send = jest.spyOn(S3Client.prototype, 'send') as unknown as jest.Mock;
const images = new S3ImageStore('bucket', 'us-east-1');

const s3Error = (status: number) => new S3ServiceException({ name: 'Error', $fault: 'client', $metadata: { httpStatusCode: status } });

describe('put', () => {
  it('stores the bytes with their type and metadata', async () => {
    send.mockResolvedValue({});
    expect(await images.put('images/o/i/0.png', IMAGE, Date.now() + 5_000)).toEqual({ key: 'images/o/i/0.png', seed: 7, contentType: 'image/png', width: 1, height: 1, bytes: PNG.length });
    const [command] = send.mock.calls[0];
    expect(command).toBeInstanceOf(PutObjectCommand);
    expect(command.input).toMatchObject({ Bucket: 'bucket', Key: 'images/o/i/0.png', Body: PNG, ContentType: 'image/png', Metadata: { seed: '7', width: '1', height: '1' } });
    expect(command.input).not.toHaveProperty('ContentEncoding');
  });
});

describe('write', () => {
  it('stores JSON', async () => {
    send.mockResolvedValue({});
    await images.write('images/jobs/o/i.json', '{"a":"ä"}', Date.now() + 5_000);
    expect(send.mock.calls[0][0]).toBeInstanceOf(PutObjectCommand);
    expect(send.mock.calls[0][0].input).toMatchObject({ Bucket: 'bucket', Key: 'images/jobs/o/i.json', Body: '{"a":"ä"}', ContentType: 'application/json' });
  });
});

describe('remove', () => {
  it('waits for all deletions before it fails', async () => {
    let isDeleted = false;
    send.mockRejectedValueOnce(s3Error(503));
    send.mockImplementationOnce(() => new Promise((resolve) => { setTimeout(() => { isDeleted = true; resolve({}); }, 20); }));
    await expect(images.remove(['a', 'b'])).rejects.toThrow();
    expect(isDeleted).toBe(true);
  });
});

describe('find', () => {
  it.each([403, 404])('returns undefined when S3 returns %i', async (status) => {
    send.mockRejectedValue(s3Error(status));
    expect(await images.find('k')).toBeUndefined();
  });

  it('fails when S3 fails, because an image that may exist must not be charged again', async () => {
    send.mockRejectedValue(s3Error(503));
    await expect(images.find('k')).rejects.toThrow();
  });
});

describe('findSame', () => {
  // base64 of the CRC-32 of the ASCII text 123456789, cbf43926, which the standard gives as an example
  const [bytes, crc] = [Buffer.from('123456789'), 'y/Q5Jg=='];
  const findSame = () => images.findSame('k', { ...IMAGE, bytes }, Date.now() + 5_000);

  it('compares size and checksum', async () => {
    send.mockResolvedValue({ ChecksumCRC32: crc, ContentLength: 9 });
    expect(await findSame()).toEqual({ key: 'k', seed: 7, contentType: 'image/png', width: 1, height: 1, bytes: 9 });
    expect(send.mock.calls[0][0].input).toEqual({ Bucket: 'bucket', Key: 'k', ChecksumMode: 'ENABLED' });
    for (const other of [{ ContentLength: 9 }, { ChecksumCRC32: 'AAAAAA==', ContentLength: 9 }, { ChecksumCRC32: crc, ContentLength: 10 }]) {
      send.mockResolvedValue(other);
      expect(await findSame()).toBeUndefined();
    }
  });

  it.each([403, 404])('returns undefined when S3 returns %i', async (status) => {
    send.mockRejectedValue(s3Error(status));
    expect(await findSame()).toBeUndefined();
  });

  it('fails when S3 fails', async () => {
    send.mockRejectedValue(s3Error(503));
    await expect(findSame()).rejects.toThrow();
  });
});

describe('read', () => {
  it('returns the bytes', async () => {
    send.mockResolvedValue({ Body: { transformToByteArray: async () => PNG } });
    expect(await images.read('k')).toEqual(PNG);
    expect(send.mock.calls[0][0].input).toEqual({ Bucket: 'bucket', Key: 'k' });
  });
});

describe('readIfExists', () => {
  it('returns the bytes', async () => {
    send.mockResolvedValue({ Body: { transformToByteArray: async () => PNG } });
    expect(await images.readIfExists('k')).toEqual(PNG);
  });

  it.each([403, 404])('returns undefined when S3 returns %i', async (status) => {
    send.mockRejectedValue(s3Error(status));
    expect(await images.readIfExists('k')).toBeUndefined();
  });

  it('fails when S3 fails, because the object may exist', async () => {
    send.mockRejectedValue(s3Error(503));
    await expect(images.readIfExists('k')).rejects.toThrow();
  });
});

describe('signUpload', () => {
  it('allows one file of the type and size at the key until it expires', async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
    const start = Date.now();
    const { url, fields } = await images.signUpload('images/uploads/o/i', { contentType: 'image/webp', maxBytes: 1000, expiresIn: 900 });
    const policy = JSON.parse(Buffer.from(fields.Policy, 'base64').toString('utf8'));

    expect(url).toBe('https://bucket.s3.us-east-1.amazonaws.com/');
    expect(fields).toMatchObject({ 'key': 'images/uploads/o/i', 'Content-Type': 'image/webp' });
    expect(policy.conditions).toEqual(expect.arrayContaining([
      ['content-length-range', 1, 1000], ['eq', '$Content-Type', 'image/webp'], { bucket: 'bucket' }, { key: 'images/uploads/o/i' },
    ]));
    expect(Math.abs(Date.parse(policy.expiration) - start - 900_000)).toBeLessThan(5_000);
  });
});

/** Runs a function while S3 is a local server, with the SDK's own `send`. */
async function withServer(server: net.Server, run: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
  });
  send.mockRestore();
  try {
    await run();
  } finally {
    delete process.env.AWS_ENDPOINT_URL_S3;
    server.close();
  }
}

describe('the request that stores an image', () => {
  it('has the checksum of the image, and a signature without the body', async () => {
    let headers: http.IncomingHttpHeaders = {};
    const server = http.createServer((request, response) => {
      ({ headers } = request);
      request.resume().on('end', () => response.setHeader('connection', 'close').end());
    });
    await withServer(server, async () => { await new S3ImageStore('bucket', 'us-east-1').put('k', IMAGE, Date.now() + 5_000); });
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(PNG));
    expect(headers).toMatchObject({ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'x-amz-checksum-crc32': checksum.toString('base64'), 'content-length': String(PNG.length) });
    expect(headers.authorization).toContain('x-amz-content-sha256');
  });
});

describe('a service that does not respond', () => {
  it('is aborted at the deadline, so that the function can still return the image', async () => {
    await withServer(net.createServer(), async () => {
      const start = Date.now();
      await expect(new S3ImageStore('bucket', 'us-east-1').put('k', IMAGE, start + 500)).rejects.toThrow();
      expect(Date.now() - start).toBeLessThan(2_500);
    });
  });
});
