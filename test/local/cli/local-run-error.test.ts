import { describeFailure, downloadError, LocalRunError } from '../../../local/cli/local-run-error';

describe('downloadError', () => {
  it.each([
    ['npm', 'npm error code ENOTFOUND\nnpm error network request to https://x failed, reason: getaddrinfo ENOTFOUND x'],
    ['npm behind a proxy', 'npm error code ECONNREFUSED'],
    ['pip', "WARNING: Retrying ... NewConnectionError('<pip>: Failed to establish a new connection: [Errno -2] Name or service not known')"],
    ['pip without DNS', 'Temporary failure in name resolution'],
  ])('recognizes a network error in the output of %s', (_, output) => {
    const error = downloadError('the tool', output, 'npm install tool');
    expect(error.message).toBe('cannot download the tool: the package registry is not reachable');
    expect(error.fix).toMatch(/check the network/);
  });

  it('includes the output of any other failure', () => {
    const error = downloadError('the tool', 'npm error code EACCES', 'npm install tool');
    expect(error.message).toBe('cannot install the tool');
    expect(error.detail).toBe('npm error code EACCES');
    expect(error.fix).toContain('npm install tool');
  });
});

describe('describeFailure', () => {
  it('prints the message, the output and the remedy without a stack trace', () => {
    expect(describeFailure(new LocalRunError('port 1 is already in use', 'use another port', 'a\nb')))
      .toBe('  ✗ port 1 is already in use\n    │ a\n    │ b\n    Fix: use another port');
  });

  it('prints the stack trace of an unexpected error', () => {
    expect(describeFailure(new TypeError('oops'))).toMatch(/TypeError: oops\n +at /);
  });
});
