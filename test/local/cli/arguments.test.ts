import { parseDemoArguments, parseLocalArguments } from '../../../local/cli/arguments';
import { LocalRunError } from '../../../local/cli/local-run-error';

function errorOf(parse: () => unknown): LocalRunError {
  try {
    parse();
  } catch (error) {
    if (error instanceof LocalRunError) return error;
  }
  throw new Error('expected a LocalRunError');
}

describe('parseDemoArguments', () => {
  it('returns the defaults without arguments', () => {
    expect(parseDemoArguments([], '/home/me')).toEqual({
      prompt: 'a lighthouse in a storm', seed: undefined, out: '/home/me/image.png', app: 'examples/quickstart',
    });
  });

  it('parses all options and resolves --out from the working directory', () => {
    const argv = ['--prompt', 'a fox', '--seed', '7', '--out', 'images/fox.png', '--app', 'examples/iam'];
    expect(parseDemoArguments(argv, '/home/me')).toEqual({ prompt: 'a fox', seed: 7, out: '/home/me/images/fox.png', app: 'examples/iam' });
  });

  it('accepts the form --name=value and the maximum seed', () => {
    expect(parseDemoArguments(['--seed=4294967295', '--out=/tmp/x.jpg'], '/home/me')).toMatchObject({ seed: 4294967295, out: '/tmp/x.jpg' });
  });

  it('returns undefined for --help', () => {
    expect(parseDemoArguments(['--help'], '/')).toBeUndefined();
  });

  it.each([['-1'], ['1.5'], ['x'], ['4294967296'], ['']])('fails when the seed is %p', (seed) => {
    expect(errorOf(() => parseDemoArguments([`--seed=${seed}`], '/')).message).toBe(`--seed must be a whole number from 0 to 4294967295, got '${seed}'`);
  });

  it('fails when an option is unknown and lists the valid options', () => {
    const error = errorOf(() => parseDemoArguments(['--promt', 'a fox'], '/'));
    expect(error.message).toBe("Unknown option '--promt'");
    expect(error.fix).toMatch(/--prompt TEXT/);
  });

  it('fails when an argument has no option', () => {
    expect(errorOf(() => parseDemoArguments(['a fox'], '/')).message).toBe("Unexpected argument 'a fox'");
  });

  it('fails when the prompt is blank', () => {
    expect(errorOf(() => parseDemoArguments(['--prompt', '  '], '/')).message).toBe('--prompt must not be blank');
  });
});

describe('parseLocalArguments', () => {
  it('returns no port by default', () => {
    expect(parseLocalArguments([])).toMatchObject({ app: 'examples/quickstart', port: undefined, context: {} });
  });

  it('parses the app and the port', () => {
    expect(parseLocalArguments(['--app', 'examples/iam', '--port', '4501'])).toMatchObject({ app: 'examples/iam', port: 4501, context: {} });
  });

  it('serves the playground on request', () => {
    expect(parseLocalArguments([])).toMatchObject({ playground: false, playgroundPort: undefined });
    expect(parseLocalArguments(['--playground', '--playground-port', '4501'])).toMatchObject({ playground: true, playgroundPort: 4501 });
  });

  it('parses context as the CDK CLI does', () => {
    expect(parseLocalArguments(['-c', 'apiKey=true', '--context', 'url=https://x/?a=b', '-c', 'empty='])?.context).toEqual({ apiKey: 'true', url: 'https://x/?a=b', empty: '' });
  });

  it.each(['apiKey', '=true'])('fails when the context is %p', (pair) => {
    expect(errorOf(() => parseLocalArguments(['-c', pair])).message).toBe(`-c must be NAME=VALUE, got '${pair}'`);
  });

  it.each([['0'], ['65536'], ['http']])('fails when the port is %p', (port) => {
    expect(errorOf(() => parseLocalArguments(['--port', port])).message).toBe(`--port must be a whole number from 1 to 65535, got '${port}'`);
  });
});
