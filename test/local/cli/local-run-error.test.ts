import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { findApp } from '../../../local/app/find-app';
import { synthesize } from '../../../local/app/synthesize';
import { describeFailure, downloadError, LocalRunError } from '../../../local/cli/local-run-error';
import { findPython } from '../../../local/install/python';
import { Processes } from '../../../local/processes/processes';
import { temporaryFolder, writeFiles, writeProgram } from '../../helpers/temporary-files';

const ENVIRONMENT = { account: '000000000000', region: 'us-east-1' };

async function problemOf(work: Promise<unknown>): Promise<LocalRunError> {
  const failure = await work.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(LocalRunError);
  return failure as LocalRunError;
}

/** A `python3` that answers the question about itself as told. */
function fakePython(answer: object): NodeJS.ProcessEnv {
  const folder = temporaryFolder();
  writeProgram(folder, 'python3', `echo '${JSON.stringify(answer)}'`);
  return { PATH: folder };
}

describe('findPython', () => {
  it('takes the Python of this machine', async () => {
    const python = await findPython(new Processes());
    expect(path.isAbsolute(python.program)).toBe(true);
    expect(python.version[0]).toBe(3);
  });

  it('fails when there is none', async () => {
    const problem = await problemOf(findPython(new Processes(), { PATH: temporaryFolder() }));
    expect(problem.message).toMatch(/^Python is missing/);
    expect(problem.fix).toMatch(/install Python 3\.10 or newer/);
  });

  it('fails when it is too old, and says which it found', async () => {
    const problem = await problemOf(findPython(new Processes(), fakePython({ program: '/p', version: [3, 9, 2], venv: true })));
    expect(problem.message).toMatch(/^Python 3\.9\.2 is too old/);
  });

  it('fails when it has no venv, and names the package that has', async () => {
    const problem = await problemOf(findPython(new Processes(), fakePython({ program: '/p', version: [3, 12, 1], venv: false })));
    expect(problem.message).toMatch(/^Python 3\.12 lacks the modules 'venv' and 'ensurepip'/);
    expect(problem.fix).toContain('sudo apt install python3.12-venv');
  });

  it('takes a newer one under another name', async () => {
    const env = fakePython({ program: '/old', version: [3, 9, 2], venv: true });
    writeProgram(env.PATH!, 'python3.12', 'echo \'{"program":"/new","version":[3,12,0],"venv":true}\'');
    expect((await findPython(new Processes(), env)).program).toBe('/new');
  });
});

describe('downloadProblem', () => {
  it.each([
    ['npm', 'npm error code ENOTFOUND\nnpm error network request to https://x failed, reason: getaddrinfo ENOTFOUND x'],
    ['npm behind a proxy', 'npm error code ECONNREFUSED'],
    ['pip', "WARNING: Retrying ... NewConnectionError('<pip>: Failed to establish a new connection: [Errno -2] Name or service not known')"],
    ['pip without DNS', 'Temporary failure in name resolution'],
  ])('knows the network from the output of %s', (_, output) => {
    const problem = downloadError('the tool', output, 'npm install tool');
    expect(problem.message).toBe('cannot download the tool: the package registry is out of reach');
    expect(problem.fix).toMatch(/check the network/);
  });

  it('shows the output of any other failure', () => {
    const problem = downloadError('the tool', 'npm error code EACCES', 'npm install tool');
    expect(problem.message).toBe('cannot install the tool');
    expect(problem.detail).toBe('npm error code EACCES');
    expect(problem.fix).toContain('npm install tool');
  });
});

describe('describeFailure', () => {
  it('prints what, the output and the fix, and no stack trace', () => {
    expect(describeFailure(new LocalRunError('port 1 is taken', 'take another', 'a\nb')))
      .toBe('  ✗ port 1 is taken\n    │ a\n    │ b\n    Fix: take another');
  });

  it('prints the stack of what is our own fault', () => {
    expect(describeFailure(new TypeError('oops'))).toMatch(/TypeError: oops\n +at /);
  });
});

describe('findApp', () => {
  it('finds the examples', () => {
    expect(findApp('examples/quickstart')).toMatch(/examples\/quickstart$/);
  });

  it('fails when there is no such app, and lists those that exist', async () => {
    const problem = await problemOf((async () => findApp('examples/nope'))());
    expect(problem.message).toBe('there is no app examples/nope');
    expect(problem.fix).toMatch(/examples\/iam, .*examples\/quickstart/);
  });

  it('fails when the folder is no app', async () => {
    expect((await problemOf((async () => findApp('local'))())).message).toBe('local is no CDK app: it has no cdk.json');
  });
});

describe('synthesize', () => {
  function synth(files: Record<string, string>) {
    const folder = temporaryFolder();
    writeFiles(folder, files);
    return synthesize(new Processes(), { folder, env: process.env }, path.join(folder, 'out'), ENVIRONMENT);
  }

  const STACK = { type: 'aws:cloudformation:stack', properties: { templateFile: 'S.json' } };

  it('runs the app with the environment of the CDK CLI and reads what it made', async () => {
    const app = 'mkdir -p $CDK_OUTDIR && cp -r made/. $CDK_OUTDIR && echo "{\\"Resources\\":{\\"$CDK_DEFAULT_REGION\\":$CDK_CONTEXT_JSON}}" > $CDK_OUTDIR/S.json';
    const assets = { type: 'cdk:asset-manifest', properties: { file: 'S.assets.json' } };
    const destination = { bucketName: 'assets-${AWS::AccountId}-${AWS::Region}', objectKey: 'h.zip' };
    const stacks = await synth({
      'cdk.json': JSON.stringify({ app, context: { Type: 'flag' } }),
      'made/manifest.json': JSON.stringify({ artifacts: { 'S.assets': assets, 'S': { ...STACK, dependencies: ['S.assets'] } } }),
      'made/S.assets.json': JSON.stringify({ files: { h: { source: { path: 'asset.h', packaging: 'zip' }, destinations: { d: destination } } } }),
    });
    expect(stacks).toEqual([{
      name: 'S',
      template: { Resources: { 'us-east-1': { Type: 'flag' } } },
      assets: [{ path: expect.stringMatching(/out\/asset\.h$/), zip: true, bucket: 'assets-000000000000-us-east-1', key: 'h.zip' }],
    }]);
  });

  it('fails when the app does, and shows its output', async () => {
    const problem = await problemOf(synth({ 'cdk.json': '{"app":"echo \'presignTtl must be shorter\' >&2; exit 1"}' }));
    expect(problem.message).toMatch(/does not synthesize$/);
    expect(problem.detail).toBe('presignTtl must be shorter');
  });

  it('fails on error annotations, as the CDK CLI would', async () => {
    const metadata = { '/S/Images': [{ type: 'aws:cdk:error', data: 'the model has ended' }, { type: 'aws:cdk:warning', data: 'w' }] };
    const problem = await problemOf(synth({
      'cdk.json': '{"app":"cp -r made $CDK_OUTDIR"}',
      'made/manifest.json': JSON.stringify({ artifacts: { S: { ...STACK, metadata } } }),
      'made/S.json': '{"Resources":{}}',
    }));
    expect(problem.message).toBe('stack S has errors');
    expect(problem.detail).toBe('[/S/Images] the model has ended');
  });

  it('fails when cdk.json has no app', async () => {
    expect((await problemOf(synth({ 'cdk.json': '{}' }))).message).toMatch(/cdk\.json has no "app"$/);
  });
});

describe('emulator/launch.py', () => {
  it('fails loudly when a patch is unknown', () => {
    const { status, stderr } = spawnSync('python3', ['local/emulator/launch.py', 'nope'], { encoding: 'utf8', input: '' });
    expect(status).toBe(1);
    expect(stderr).toContain("unknown patches ['nope']; known: ['api-key-identity', 'domain-name', 'event-conditions', 'forwarded-host', 'secure-transport']");
  });

  it('fails loudly when the function to patch has gone', () => {
    const packages = temporaryFolder();
    writeFiles(packages, {
      'ministack/__init__.py': '',
      'ministack/app.py': '',
      'ministack/core/__init__.py': '',
      'ministack/core/sigv4.py': '',
      'ministack/services/__init__.py': '',
      'ministack/services/apigateway_v1.py': '',
    });
    const needed = [
      ['api-key-identity', '_resolve_api_key'], ['domain-name', '_build_lambda_event_v1'], ['forwarded-host', 'build_canonical_headers'],
      ['secure-transport', 'pin_request_origin'],
    ];
    for (const [patch, name] of needed) {
      const { status, stderr } = spawnSync('python3', ['local/emulator/launch.py', patch], {
        encoding: 'utf8', input: '', env: { PATH: process.env.PATH, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' },
      });
      expect(status).toBe(1);
      expect(stderr).toContain(`has no function '${name}'`);
    }
  });
});
