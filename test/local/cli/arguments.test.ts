import { parseDemoArguments, parseLocalArguments } from '../../../local/cli/arguments';
import { LocalRunError } from '../../../local/cli/local-run-error';

function problemOf(work: () => unknown): LocalRunError {
  try {
    work();
  } catch (error) {
    if (error instanceof LocalRunError) return error;
  }
  throw new Error('no RunProblem');
}

describe('parseDemoArguments', () => {
  it('has a default for everything', () => {
    expect(parseDemoArguments([], '/home/me')).toEqual({
      prompt: 'a lighthouse in a storm', seed: undefined, out: '/home/me/image.png', app: 'examples/quickstart',
    });
  });

  it('takes all four options, and --out from where the user stands', () => {
    const argv = ['--prompt', 'a fox', '--seed', '7', '--out', 'pictures/fox.png', '--app', 'examples/iam'];
    expect(parseDemoArguments(argv, '/home/me')).toEqual({ prompt: 'a fox', seed: 7, out: '/home/me/pictures/fox.png', app: 'examples/iam' });
  });

  it('takes the form --name=value, and the largest seed', () => {
    expect(parseDemoArguments(['--seed=4294967295', '--out=/tmp/x.jpg'], '/home/me')).toMatchObject({ seed: 4294967295, out: '/tmp/x.jpg' });
  });

  it('answers nothing when help is asked for', () => {
    expect(parseDemoArguments(['--help'], '/')).toBeUndefined();
  });

  it.each([['-1'], ['1.5'], ['x'], ['4294967296'], ['']])('fails when the seed is %p', (seed) => {
    expect(problemOf(() => parseDemoArguments([`--seed=${seed}`], '/')).message).toBe(`--seed must be a whole number from 0 to 4294967295, got '${seed}'`);
  });

  it('fails when an option is unknown, and names those that exist', () => {
    const problem = problemOf(() => parseDemoArguments(['--promt', 'a fox'], '/'));
    expect(problem.message).toBe("Unknown option '--promt'");
    expect(problem.fix).toMatch(/--prompt TEXT/);
  });

  it('fails when text stands alone', () => {
    expect(problemOf(() => parseDemoArguments(['a fox'], '/')).message).toBe("Unexpected argument 'a fox'");
  });

  it('fails when the prompt is blank', () => {
    expect(problemOf(() => parseDemoArguments(['--prompt', '  '], '/')).message).toBe('--prompt is blank');
  });
});

describe('parseLocalArguments', () => {
  it('leaves the port open by default', () => {
    expect(parseLocalArguments([])).toEqual({ app: 'examples/quickstart', port: undefined, context: {} });
  });

  it('takes app and port', () => {
    expect(parseLocalArguments(['--app', 'examples/iam', '--port', '4501'])).toEqual({ app: 'examples/iam', port: 4501, context: {} });
  });

  it('takes context as the CDK CLI does', () => {
    expect(parseLocalArguments(['-c', 'apiKey=true', '--context', 'url=https://x/?a=b', '-c', 'empty='])?.context).toEqual({ apiKey: 'true', url: 'https://x/?a=b', empty: '' });
  });

  it.each(['apiKey', '=true'])('fails when context is %p', (pair) => {
    expect(problemOf(() => parseLocalArguments(['-c', pair])).message).toBe(`-c must be NAME=VALUE, got '${pair}'`);
  });

  it.each([['0'], ['65536'], ['http']])('fails when the port is %p', (port) => {
    expect(problemOf(() => parseLocalArguments(['--port', port])).message).toBe(`--port must be a whole number from 1 to 65535, got '${port}'`);
  });
});
