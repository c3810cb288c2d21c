import { type GetObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { type DeployedStack } from '../../../local/deployment/create-stack';
import { readDeployedConfiguration } from '../../../local/playground/deployed-playground';

const CONFIGURATION = { name: 'Test', auth: { type: 'apiKey' } };

/** Returns a stack with a distribution that has behaviors for the patterns. */
function stackWith(...patterns: string[]): DeployedStack {
  const DistributionConfig = {
    CacheBehaviors: patterns.map((PathPattern) => ({ PathPattern })),
    Origins: [
      { DomainName: 'api.example.com' },
      { DomainName: { 'Fn::GetAtt': ['Page', 'RegionalDomainName'] }, OriginAccessControlId: { Ref: 'Access' } },
    ],
  };
  return {
    name: 'S',
    assets: [],
    outputs: {},
    resources: { Page: 'page-bucket' },
    template: { Resources: { Site: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig } } } },
  };
}

const Body = { transformToString: () => JSON.stringify(CONFIGURATION) };
const send = jest.fn((_command: { readonly input: GetObjectCommandInput }) => Promise.resolve({ Body }));
const clients = { s3: { send } as unknown as S3Client };

beforeEach(() => { send.mockClear(); });

it('reads the configuration of the playground from the bucket of its page', async () => {
  expect(await readDeployedConfiguration([stackWith(), stackWith('/api/*', '/i/*', '/u')], clients)).toEqual(CONFIGURATION);
  expect(send.mock.calls.map(([{ input }]) => input)).toEqual([{ Bucket: 'page-bucket', Key: 'config.json' }]);
});

it('ignores other distributions, and apps without one', async () => {
  expect(await readDeployedConfiguration([stackWith('/api/*', '/i/*')], clients)).toBeUndefined();
  expect(await readDeployedConfiguration([{ ...stackWith(), template: { Resources: {} } }], clients)).toBeUndefined();
  expect(send).not.toHaveBeenCalled();
});
