import * as fs from 'node:fs';
import * as path from 'node:path';
import { keysByClient, findCorsOrigin, findRestApi, type Outputs, removeOutputs, writeOutputs } from '../../../local/app/outputs';
import { type DeployedStack } from '../../../local/deployment/create-stack';
import { type Resource } from '../../../local/template/template';
import { temporaryFolder } from '../../helpers/temporary-files';

const DEAD_PID = 99_999_999;
const OUTPUTS: Outputs = {
  baseUrl: 'http://127.0.0.1:3000/prod',
  apiKey: 'a',
  apiKeys: { alice: 'a', bob: 'b' },
  controlUrl: 'http://127.0.0.1:2/_control',
  awsEndpointUrl: 'http://127.0.0.1:1',
  region: 'us-east-1',
  corsOrigin: null,
  playgroundUrl: null,
  playgroundUser: null,
  stacks: { S: { Url: 'u' } },
  pid: process.pid,
};

function stack(resources: Record<string, Resource>): DeployedStack {
  const physical = Object.fromEntries(Object.keys(resources).map((id) => [id, `physical-${id}`]));
  return { name: 'S', template: { Resources: resources }, assets: [], outputs: {}, resources: physical };
}

describe('clientKeys', () => {
  it('returns the first key of each client in the key descriptions', () => {
    expect(keysByClient([
      { description: 'client alice of Quickstart/Images', value: 'a' },
      { description: 'client bob of Quickstart/Images', value: 'b' },
      { description: 'client alice of Quickstart/Images', value: 'second key' },
      { description: 'another key', value: 'c' },
      { value: 'd' },
    ])).toEqual({ alice: 'a', bob: 'b' });
  });
});

describe('findRestApi', () => {
  it('returns the API with a stage', () => {
    const api: Resource = { Type: 'AWS::ApiGateway::RestApi' };
    const stage: Resource = { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'B' }, StageName: 'prod' } };
    expect(findRestApi([stack({ A: api }), stack({ B: api, Stage: stage })])).toEqual({ apiId: 'physical-B', stage: 'prod' });
  });

  it('fails when no API has a stage', () => {
    expect(() => findRestApi([stack({})])).toThrow('the app has no REST API with a stage');
  });
});

describe('findCorsOrigin', () => {
  it('returns the origin in the CORS rules of the bucket', () => {
    const bucket: Resource = { Type: 'AWS::S3::Bucket', Properties: { CorsConfiguration: { CorsRules: [{ AllowedOrigins: ['http://localhost:5173'] }] } } };
    expect(findCorsOrigin([{ Resources: {} }, { Resources: { bucket } }])).toBe('http://localhost:5173');
  });

  it('returns null without CORS', () => {
    expect(findCorsOrigin([{ Resources: { B: { Type: 'AWS::S3::Bucket' } } }])).toBeNull();
  });
});

describe('outputs.json', () => {
  function writeTemporary(outputs: Outputs): string {
    const file = path.join(temporaryFolder(), 'state', 'outputs.json');
    writeOutputs(outputs, file);
    return file;
  }

  it('contains the outputs as JSON', () => {
    expect(JSON.parse(fs.readFileSync(writeTemporary(OUTPUTS), 'utf8'))).toEqual(OUTPUTS);
  });

  it('is removed by its own process and after its process exited, not by another process', () => {
    const [own, dead, other] = [process.pid, DEAD_PID, process.ppid].map((pid) => writeTemporary({ ...OUTPUTS, pid }));
    for (const file of [own, dead, other]) removeOutputs(process.pid, file);
    expect([own, dead, other].map((file) => fs.existsSync(file))).toEqual([false, false, true]);
  });
});
