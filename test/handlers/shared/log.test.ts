import { describeCause, jsonLogger } from '../../../src/handlers/shared/log';

describe('jsonLogger', () => {
  it('writes one JSON line per entry', () => {
    const lines: string[] = [];
    jsonLogger((line) => lines.push(line)).error('failed', { id: '1', missing: undefined });
    expect(lines).toHaveLength(1);
    expect(lines[0].endsWith('}\n')).toBe(true);
    expect(JSON.parse(lines[0])).toEqual({ level: 'error', time: expect.any(String), message: 'failed', id: '1' });
  });
});

describe('describeCause', () => {
  const exception = (message: string) => Object.assign(new Error(message), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403, requestId: 'aws-1' } });

  it('returns the name of an exception, status and request id of the service, and known sentences', () => {
    const action = 'is not authorized to perform: bedrock:InvokeModel';
    const resource = 'on resource: arn:aws:bedrock:us-west-2::foundation-model/stability.stable-image-core-v1:1';
    expect(describeCause(exception(`User: arn:aws:sts::1:assumed-role/x ${action} ${resource} because of "a fox"`))).toEqual({
      cause: 'AccessDeniedException', causeStatus: 403, causeRequestId: 'aws-1', causeDetail: `${action}; ${resource}`,
    });
  });

  it('returns the code of a system error', () => {
    expect(describeCause(Object.assign(new Error(''), { code: 'ECONNRESET' }))).toEqual({ cause: 'Error', causeDetail: 'ECONNRESET' });
  });

  it('returns the message of a bug', () => {
    expect(describeCause(new TypeError('image is undefined'))).toEqual({ cause: 'TypeError', causeDetail: 'image is undefined' });
  });

  it('returns nothing of a text that is not parsed', () => {
    try {
      JSON.parse('a secret fox');
    } catch (error) {
      expect(describeCause(error)).toEqual({ cause: 'SyntaxError' });
    }
  });

  const PROMPT = 'A Déjà-vu "fox"\nin the snow';
  it.each([
    PROMPT, JSON.stringify(PROMPT), JSON.stringify(JSON.stringify(PROMPT)), PROMPT.toLowerCase(), encodeURIComponent(PROMPT), PROMPT.slice(0, 12), PROMPT.normalize('NFD'),
    Buffer.from(PROMPT).toString('base64'), PROMPT.replace(/\s/g, ' '),
  ])('returns nothing of a prompt that a service quotes: %j', (quoted) => {
    expect(describeCause(exception(`Malformed input request: ${quoted}, please reformat your input and try again.`))).toEqual({
      cause: 'AccessDeniedException', causeStatus: 403, causeRequestId: 'aws-1',
    });
  });

  it('returns only the type of a value that is not an error', () => {
    expect(describeCause('secret')).toEqual({ cause: 'string' });
  });
});
