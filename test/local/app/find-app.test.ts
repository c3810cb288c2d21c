import * as path from 'node:path';
import { findApp } from '../../../local/app/find-app';
import { REPOSITORY } from '../../../local/processes/paths';
import { errorOf } from '../../helpers/expect-local-run-error';
import { temporaryFolder, writeFiles } from '../../helpers/temporary-files';

describe('findApp', () => {
  it('returns the folder of an example app', () => {
    expect(findApp('examples/quickstart')).toMatch(/examples\/quickstart$/);
  });

  it('returns a folder outside of the repository', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'cdk.json': '{}' });
    expect(findApp(folder)).toBe(folder);
    expect(findApp(path.relative(REPOSITORY, folder))).toBe(folder);
  });

  it('fails when the app does not exist and lists the example apps', async () => {
    const error = await errorOf((async () => findApp('examples/nope'))());
    expect(error.message).toBe('app examples/nope does not exist');
    expect(error.fix).toMatch(/^select a folder with a cdk.json, .*examples\/iam, .*examples\/quickstart/);
  });

  it('fails when the folder has no cdk.json', async () => {
    expect((await errorOf((async () => findApp('local'))())).message).toBe('local is not a CDK app: cdk.json is missing');
  });
});
