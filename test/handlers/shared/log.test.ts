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
  it('returns the name and the message of the error', () => {
    expect(describeCause(new RangeError('too far'))).toEqual({ cause: 'RangeError', causeDetail: 'too far' });
  });

  it('redacts all occurrences of secrets, and URLs', () => {
    const { causeDetail } = describeCause(new Error('bad "a fox": a fox at https://s3.example/k?X-Amz-Signature=1 or http://x'), ['a fox', '']);
    expect(causeDetail).toBe('bad "[redacted]": [redacted] at [url] or [url]');
  });

  it('redacts a secret that is escaped in a JSON document', () => {
    const prompt = 'say "hi"\nto a fox';
    expect(describeCause(new Error(`bad body ${JSON.stringify({ prompt })}`), [prompt]).causeDetail).toBe('bad body {"prompt":"[redacted]"}');
  });

  it('does not redact a secret of one letter, which would hide the cause', () => {
    expect(describeCause(new Error('Model access is denied'), ['e']).causeDetail).toBe('Model access is denied');
  });

  it('truncates long messages', () => {
    expect(String(describeCause(new Error('x'.repeat(5000))).causeDetail)).toHaveLength(400);
  });

  it('returns only the type of a value that is not an error', () => {
    expect(describeCause('secret')).toEqual({ cause: 'string' });
  });
});
