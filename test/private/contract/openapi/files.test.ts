import * as fs from 'node:fs';
import * as path from 'node:path';
import { openApiFiles } from '../../../../projenrc/open-api-files';
import type { OpenApiDocument } from '../../../../src/private/contract/openapi';
import { operations } from '../../../helpers/openapi-documents';

const ROOT = path.join(__dirname, '../../../..');

interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly request?: {
    readonly method: string;
    readonly url: { readonly path: readonly string[]; readonly query?: readonly { readonly key: string }[] };
    readonly auth?: object;
  };
}

describe('the files in docs/openapi', () => {
  const read = (file: string): unknown => JSON.parse(fs.readFileSync(path.join(ROOT, 'docs', 'openapi', file), 'utf8'));

  it('are up to date with the contract; if this fails, run `npm run openapi`', async () => {
    for (const [file, text] of Object.entries(await openApiFiles())) expect(fs.readFileSync(path.join(ROOT, file), 'utf8')).toBe(text);
  }, 30_000);

  it('contain every route, in the document and in the Postman collection', () => {
    const document = read('openapi.json') as OpenApiDocument;
    const requests = (items: readonly Item[]): Item[] => items.flatMap((item) => (item.item ? requests(item.item) : item));
    const { item, variable } = read('postman_collection.json') as { readonly item: readonly Item[]; readonly variable: readonly object[] };

    const sent = requests(item).map(({ request }) => `${request!.method} /${request!.url.path.join('/').replace(/:(\w+)/g, '{$1}')}`);
    expect(sent.sort()).toEqual(operations(document).map(([route]) => route).sort());
    expect(requests(item).every(({ request }) => request!.auth)).toBe(true);
    const [list] = requests(item).filter(({ name }) => name === 'List images');
    expect(list.request!.url.query?.map(({ key }) => key)).toEqual(['limit']);
    expect(variable).toEqual([{ key: 'baseUrl', value: document.servers[0].url }]);
  });
});
