import * as path from 'node:path';
import { synthesize } from '../../../local/app/synthesize';
import { Processes } from '../../../local/processes/processes';
import { errorOf } from '../../helpers/expect-local-run-error';
import { temporaryFolder, writeFiles } from '../../helpers/temporary-files';

const ENVIRONMENT = { account: '000000000000', region: 'us-east-1' };

describe('synthesize', () => {
  function synth(files: Record<string, string>) {
    const folder = temporaryFolder();
    writeFiles(folder, files);
    return synthesize(new Processes(), { folder, env: process.env }, path.join(folder, 'out'), ENVIRONMENT);
  }

  const STACK = { type: 'aws:cloudformation:stack', properties: { templateFile: 'S.json' } };

  it('runs the app with the environment variables of the CDK CLI and reads the cloud assembly', async () => {
    const app = 'mkdir -p $CDK_OUTDIR && cp -r assembly/. $CDK_OUTDIR && echo "{\\"Resources\\":{\\"$CDK_DEFAULT_REGION\\":$CDK_CONTEXT_JSON}}" > $CDK_OUTDIR/S.json';
    const assets = { type: 'cdk:asset-manifest', properties: { file: 'S.assets.json' } };
    const destination = { bucketName: 'assets-${AWS::AccountId}-${AWS::Region}', objectKey: 'h.zip' };
    const stacks = await synth({
      'cdk.json': JSON.stringify({ app, context: { Type: 'flag' } }),
      'assembly/manifest.json': JSON.stringify({ artifacts: { 'S.assets': assets, 'S': { ...STACK, dependencies: ['S.assets'] } } }),
      'assembly/S.assets.json': JSON.stringify({ files: { h: { source: { path: 'asset.h', packaging: 'zip' }, destinations: { d: destination } } } }),
    });
    expect(stacks).toEqual([{
      name: 'S',
      template: { Resources: { 'us-east-1': { Type: 'flag' } } },
      assets: [{ path: expect.stringMatching(/out\/asset\.h$/), zip: true, bucket: 'assets-000000000000-us-east-1', key: 'h.zip' }],
    }]);
  });

  it('fails when the app fails and includes its output', async () => {
    const error = await errorOf(synth({ 'cdk.json': '{"app":"echo \'presignTtl must be shorter\' >&2; exit 1"}' }));
    expect(error.message).toMatch(/does not synthesize$/);
    expect(error.detail).toBe('presignTtl must be shorter');
  });

  it('fails on error annotations, as the CDK CLI does', async () => {
    const metadata = { '/S/Images': [{ type: 'aws:cdk:error', data: 'the model has ended' }, { type: 'aws:cdk:warning', data: 'w' }] };
    const error = await errorOf(synth({
      'cdk.json': '{"app":"cp -r assembly $CDK_OUTDIR"}',
      'assembly/manifest.json': JSON.stringify({ artifacts: { S: { ...STACK, metadata } } }),
      'assembly/S.json': '{"Resources":{}}',
    }));
    expect(error.message).toBe('stack S has errors');
    expect(error.detail).toBe('[/S/Images] the model has ended');
  });

  it('fails when cdk.json has no app', async () => {
    expect((await errorOf(synth({ 'cdk.json': '{}' }))).message).toMatch(/cdk\.json has no "app"$/);
  });
});
