import { ApiAuth, ApiRoutes, Delivery, ImageEdits } from '../src';
import { HOME, resources, synth, testStack } from './helpers/stack';

/** Replaces the hashes of deployments and code, which change with each build without replacing data. */
const mask = (text: string) => text
  .replace(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>')
  .replace(/[0-9a-f]{64}\.zip/g, '<hash>.zip');

const template = synth({ auth: ApiAuth.apiKey({ clients: ['alice', 'bob'] }), corsOrigins: ['https://app.example.com'] }, testStack(HOME));

describe('the template', () => {
  it('has the same logical ids: CloudFormation replaces a resource whose logical id changes', () => {
    expect(Object.entries(resources(template)).map(([id, { Type }]) => `${mask(id)} ${Type}`).sort()).toMatchSnapshot();
  });

  it('has the same path variables: API Gateway allows one at a position, so that a deployment with another name fails', () => {
    const all = synth({ edits: ImageEdits.all(), delivery: Delivery.queued(), routes: [ApiRoutes.standard(), ApiRoutes.openAi()] });
    const variables = Object.entries(resources(all)).filter(([, { Properties }]) => String(Properties?.PathPart).startsWith('{'));
    expect(variables.map(([id, { Properties: { PathPart, ParentId } }]) => [id, PathPart, ParentId])).toEqual([
      ['ImagesApiimagesid7ECC355B', '{id}', { Ref: 'ImagesApiimages579CC1D0' }],
      ['ImagesApiimagesbatchesid051B1CF3', '{id}', { Ref: 'ImagesApiimagesbatches6BF982FC' }],
    ]);
  });

  it('of the default API has the same resources', () => {
    expect(JSON.parse(mask(JSON.stringify(synth().toJSON())))).toMatchSnapshot();
  });
});
