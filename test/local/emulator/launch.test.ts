import { spawnSync } from 'node:child_process';
import { temporaryFolder, writeFiles } from '../../helpers/temporary-files';

describe('emulator/launch.py', () => {
  it('fails when a patch is unknown', () => {
    const { status, stderr } = spawnSync('python3', ['local/emulator/launch.py', 'nope'], { encoding: 'utf8', input: '' });
    expect(status).toBe(1);
    expect(stderr).toContain("unknown patches ['nope']; use ['api-key-identity', 'domain-name', 'event-conditions', 'forwarded-host', 'secure-transport', 'source-vpce']");
  });

  it('fails when a function to patch does not exist', () => {
    const packages = temporaryFolder();
    writeFiles(packages, {
      'ministack/__init__.py': '',
      'ministack/app.py': '',
      'ministack/core/__init__.py': '',
      'ministack/core/iam_evaluator.py': '',
      'ministack/core/sigv4.py': '',
      'ministack/services/__init__.py': '',
      'ministack/services/apigateway_v1.py': '',
    });
    const needed = [
      ['api-key-identity', '_resolve_api_key'], ['domain-name', '_build_lambda_event_v1'], ['forwarded-host', 'build_canonical_headers'],
      ['secure-transport', 'pin_request_origin'], ['source-vpce', '_resolve_condition_key'],
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
