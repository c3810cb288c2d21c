import * as net from 'node:net';
import { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { S3ImageStore } from '../../../../src/handlers/adapters/s3/s3-image-store';
import { PNG } from '../../../helpers/world';

const IMAGE = { bytes: PNG, seed: 7, contentType: 'image/png', width: 1, height: 1 };
const send = jest.spyOn(S3Client.prototype, 'send') as unknown as jest.Mock;
const images = new S3ImageStore('pictures', 'us-east-1');

const s3Error = (status: number) => new S3ServiceException({ name: 'Error', $fault: 'client', $metadata: { httpStatusCode: status } });

describe('put', () => {
  it('stores the bytes with their type and what a record tells of them', async () => {
    send.mockResolvedValue({});
    expect(await images.put('images/o/i/0.png', IMAGE, Date.now() + 5_000)).toEqual({ key: 'images/o/i/0.png', seed: 7, contentType: 'image/png', width: 1, height: 1, bytes: PNG.length });
    const [command] = send.mock.calls[0];
    expect(command).toBeInstanceOf(PutObjectCommand);
    expect(command.input).toMatchObject({ Bucket: 'pictures', Key: 'images/o/i/0.png', Body: PNG, ContentType: 'image/png', Metadata: { seed: '7', width: '1', height: '1' } });
    expect(command.input).not.toHaveProperty('ContentEncoding');
  });
});

describe('write', () => {
  it('stores a text', async () => {
    send.mockResolvedValue({});
    await images.write('images/jobs/o/i.json', '{"a":"ä"}', Date.now() + 5_000);
    expect(send.mock.calls[0][0]).toBeInstanceOf(PutObjectCommand);
    expect(send.mock.calls[0][0].input).toMatchObject({ Bucket: 'pictures', Key: 'images/jobs/o/i.json', Body: '{"a":"ä"}', ContentType: 'application/json' });
  });
});

describe('find', () => {
  it('tells of an object as put did', async () => {
    send.mockResolvedValue({ ContentType: 'image/png', ContentLength: PNG.length, Metadata: { seed: '7', width: '1', height: '1' } });
    expect(await images.find('k')).toEqual({ key: 'k', seed: 7, contentType: 'image/png', width: 1, height: 1, bytes: PNG.length });
    expect(send.mock.calls[0][0]).toBeInstanceOf(HeadObjectCommand);
  });

  it('tells of a picture without background as put did', async () => {
    send.mockResolvedValue({});
    const stored = await images.put('k', { ...IMAGE, isCutOut: true }, Date.now() + 5_000);
    const { Metadata, ContentType } = send.mock.calls[0][0].input;
    send.mockResolvedValue({ ContentType, ContentLength: PNG.length, Metadata });
    expect(await images.find('k')).toEqual(stored);
    expect(stored.isCutOut).toBe(true);
  });

  it.each([403, 404])('finds nothing where S3 says %i', async (status) => {
    send.mockRejectedValue(s3Error(status));
    expect(await images.find('k')).toBeUndefined();
  });

  it('fails when S3 fails: an image that may be there must not be paid for again', async () => {
    send.mockRejectedValue(s3Error(503));
    await expect(images.find('k')).rejects.toThrow();
  });
});

describe('remove', () => {
  it('removes each object', async () => {
    send.mockResolvedValue({});
    await images.remove(['a', 'b']);
    expect(send.mock.calls.map(([command]) => [command.constructor, command.input.Key])).toEqual([[DeleteObjectCommand, 'a'], [DeleteObjectCommand, 'b']]);
  });
});

describe('read', () => {
  it('gives the bytes', async () => {
    send.mockResolvedValue({ Body: { transformToByteArray: async () => PNG } });
    expect(await images.read('k')).toEqual(PNG);
    expect(send.mock.calls[0][0].input).toEqual({ Bucket: 'pictures', Key: 'k' });
  });
});

describe('readIfThere', () => {
  it('gives the bytes', async () => {
    send.mockResolvedValue({ Body: { transformToByteArray: async () => PNG } });
    expect(await images.readIfExists('k')).toEqual(PNG);
  });

  it.each([403, 404])('gives nothing where S3 says %i', async (status) => {
    send.mockRejectedValue(s3Error(status));
    expect(await images.readIfExists('k')).toBeUndefined();
  });

  it('fails when S3 fails: what may be there is not gone', async () => {
    send.mockRejectedValue(s3Error(503));
    await expect(images.readIfExists('k')).rejects.toThrow();
  });
});

describe('signUpload', () => {
  it('allows one file of that type and size at that key, for that time', async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
    const start = Date.now();
    const { url, fields } = await images.signUpload('images/uploads/o/i', { contentType: 'image/webp', maxBytes: 1000, expiresIn: 900 });
    const policy = JSON.parse(Buffer.from(fields.Policy, 'base64').toString('utf8'));

    expect(url).toBe('https://pictures.s3.us-east-1.amazonaws.com/');
    expect(fields).toMatchObject({ 'key': 'images/uploads/o/i', 'Content-Type': 'image/webp' });
    expect(policy.conditions).toEqual(expect.arrayContaining([
      ['content-length-range', 1, 1000], ['eq', '$Content-Type', 'image/webp'], { bucket: 'pictures' }, { key: 'images/uploads/o/i' },
    ]));
    expect(Math.abs(Date.parse(policy.expiration) - start - 900_000)).toBeLessThan(5_000);
  });
});

describe('a service that does not answer', () => {
  it('is given up at the deadline: a paid picture must not be lost with the function', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
    process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
    send.mockRestore();
    const start = Date.now();
    await expect(new S3ImageStore('pictures', 'us-east-1').put('k', IMAGE, start + 500)).rejects.toThrow();
    expect(Date.now() - start).toBeLessThan(2_500);
    delete process.env.AWS_ENDPOINT_URL_S3;
    server.close();
  });
});
