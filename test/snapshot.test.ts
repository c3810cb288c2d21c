import { ApiAuth } from '../src';
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

  it('of the default API has the same resources', () => {
    expect(JSON.parse(mask(JSON.stringify(synth().toJSON())))).toMatchSnapshot();
  });
});
