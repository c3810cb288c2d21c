import * as path from 'node:path';
import { findPython } from '../../../local/install/python';
import { Processes } from '../../../local/processes/processes';
import { errorOf } from '../../helpers/expect-local-run-error';
import { temporaryFolder, writeProgram } from '../../helpers/temporary-files';

/** Writes a `python3` that prints `info` about itself and returns an environment with it on the PATH. */
function fakePython(info: object): NodeJS.ProcessEnv {
  const folder = temporaryFolder();
  writeProgram(folder, 'python3', `echo '${JSON.stringify(info)}'`);
  return { PATH: folder };
}

describe('findPython', () => {
  it('finds the Python of this machine', async () => {
    const python = await findPython(new Processes());
    expect(path.isAbsolute(python.program)).toBe(true);
    expect(python.version[0]).toBe(3);
  });

  it('fails when Python is not installed', async () => {
    const error = await errorOf(findPython(new Processes(), { PATH: temporaryFolder() }));
    expect(error.message).toMatch(/^Python is not installed/);
    expect(error.fix).toMatch(/install Python 3\.10 or later/);
  });

  it('fails when Python is too old and names its version', async () => {
    const error = await errorOf(findPython(new Processes(), fakePython({ program: '/p', version: [3, 9, 2], venv: true })));
    expect(error.message).toMatch(/^Python 3\.9\.2 is too old/);
  });

  it('fails without venv and names the package to install', async () => {
    const error = await errorOf(findPython(new Processes(), fakePython({ program: '/p', version: [3, 12, 1], venv: false })));
    expect(error.message).toMatch(/^Python 3\.12 does not have the modules 'venv' and 'ensurepip'/);
    expect(error.fix).toContain('sudo apt install python3.12-venv');
  });

  it('finds a newer Python with a versioned name', async () => {
    const env = fakePython({ program: '/old', version: [3, 9, 2], venv: true });
    writeProgram(env.PATH!, 'python3.12', 'echo \'{"program":"/new","version":[3,12,0],"venv":true}\'');
    expect((await findPython(new Processes(), env)).program).toBe('/new');
  });
});
