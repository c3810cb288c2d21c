import { routesOf } from '../../../local/template/template-routes';
import { ApiAuth } from '../../../src';
import { synth } from '../../helpers/stack';

const names = (props: Parameters<typeof synth>[0]) => routesOf(synth(props).toJSON() as Parameters<typeof routesOf>[0]);

describe('routesOf', () => {
  it('returns methods and paths without preflight methods', () => {
    expect(names({ auth: ApiAuth.none(), corsOrigins: ['*'] })).toEqual([
      { name: 'POST /images', authorization: 'NONE' },
      { name: 'GET /images/{id}', authorization: 'NONE' },
      { name: 'GET /models', authorization: 'NONE' },
      { name: 'GET /openapi.json', authorization: 'NONE' },
    ]);
  });

  it('returns the authorization type', () => {
    expect(new Set(names({}).map(({ authorization }) => authorization))).toEqual(new Set(['AWS_IAM']));
  });

  it('returns nothing for a template without an API', () => expect(routesOf({ Resources: {} })).toEqual([]));
});
