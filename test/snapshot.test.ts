import { ApiAuth } from '../src';
import { HOME, resources, synth, testStack } from './helpers/stack';

/** Deployments and code change with each build, and nothing is lost when they do. */
const mask = (text: string) => text
  .replace(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>')
  .replace(/[0-9a-f]{64}\.zip/g, '<hash>.zip');

const template = synth({ auth: ApiAuth.apiKey({ clients: ['alice', 'bob'] }), corsOrigins: ['https://app.example.com'] }, testStack(HOME));

describe('snapshot', () => {
  it('of logical ids: another id replaces what it names', () => {
    expect(Object.entries(resources(template)).map(([id, { Type }]) => `${mask(id)} ${Type}`).sort()).toMatchSnapshot();
  });

  it('of the default template', () => {
    expect(JSON.parse(mask(JSON.stringify(synth().toJSON())))).toMatchSnapshot();
  });
});
