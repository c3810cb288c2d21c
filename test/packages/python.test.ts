import * as fs from 'node:fs';
import * as path from 'node:path';
import { artifact, ROOT, run, synthesize, typesOf } from './tarball';

describe('examples/python', () => {
  it('synthesizes from the packed wheel', () => {
    const venv = path.join(ROOT, '.local', 'test-python');
    if (!fs.existsSync(path.join(venv, 'bin', 'pip'))) run('python3', ['-m', 'venv', venv], ROOT);
    const pip = path.join(venv, 'bin', 'pip');
    run(pip, ['install', '--quiet', artifact('python', '.whl')], ROOT);
    // the version never changes in a checkout: take today's build even so
    run(pip, ['install', '--quiet', '--force-reinstall', '--no-deps', artifact('python', '.whl')], ROOT);

    const stack = synthesize(path.join(ROOT, 'examples', 'python'), 'PythonImages', { ...process.env, PATH: `${venv}/bin:${process.env.PATH}` });

    expect(typesOf(stack).filter((type) => type === 'AWS::ApiGateway::ApiKey')).toHaveLength(2);
    expect(stack.outputs).toHaveProperty('ImagesUrl');
  });
});
