import { completeDocument } from '../../../projenrc/open-api-files';
import { FUNCTIONS } from '../../../src/handlers/http/router';
import { ROUTE_SETS } from '../../../src/private/contract/configuration';
import { openApiDocument } from '../../../src/private/contract/openapi';
import { DOCUMENT_ROUTE, type Route, ROUTES_BY_SET } from '../../../src/private/contract/routes';
import { operations } from '../../helpers/openapi-documents';

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const ROUTES = [...Object.values(ROUTES_BY_SET).flat(), DOCUMENT_ROUTE].map((route) => ({ name: nameOf(route), route }));

describe('the route tables', () => {
  it('are those of the configured sets', () => {
    expect(Object.keys(ROUTES_BY_SET).sort()).toEqual([...ROUTE_SETS].sort());
  });

  it('are the routes of the handler', () => {
    expect(Object.keys(FUNCTIONS).sort()).toEqual(ROUTES.map(({ name }) => name).sort());
  });

  it.each(ROUTES)('have an operation in the OpenAPI document for $name', ({ name, route }) => {
    const document = openApiDocument({ serverUrl: 'https://api.example.com/prod', auth: 'apiKey', routes: [route] });
    expect(operations(document).map(([operation]) => operation)).toEqual([name]);
  });

  it('are the routes of the complete OpenAPI document', () => {
    expect(operations(completeDocument()).map(([name]) => name).sort()).toEqual(ROUTES.map(({ name }) => name).sort());
  });
});
