import { routesOf } from '../../../local/template/template-routes';
import { ApiAuth } from '../../../src';
import { synth } from '../../helpers/stack';

const names = (props: Parameters<typeof synth>[0]) => routesOf(synth(props).toJSON() as Parameters<typeof routesOf>[0]);

describe('routesOf', () => {
  it('reads methods and paths from a template, without preflights', () => {
    expect(names({ auth: ApiAuth.none(), corsOrigins: ['*'] })).toEqual([
      { name: 'POST /images', authorization: 'NONE' },
      { name: 'GET /images/{id}', authorization: 'NONE' },
      { name: 'GET /models', authorization: 'NONE' },
      { name: 'GET /openapi.json', authorization: 'NONE' },
    ]);
  });

  it('tells which are signed', () => {
    expect(new Set(names({}).map(({ authorization }) => authorization))).toEqual(new Set(['AWS_IAM']));
  });

  it('finds none where there is no API', () => expect(routesOf({ Resources: {} })).toEqual([]));
});
