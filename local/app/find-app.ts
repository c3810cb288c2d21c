import * as fs from 'node:fs';
import * as path from 'node:path';
import { LocalRunError } from '../cli/local-run-error';
import { REPOSITORY } from '../processes/paths';

const EXAMPLES = path.join(REPOSITORY, 'examples');

/** Returns the folder of an app. The path is absolute, or relative to the repository, for example `examples/quickstart` or `../my-app`. */
export function findApp(app: string): string {
  const folder = path.resolve(REPOSITORY, app);
  if (fs.existsSync(path.join(folder, 'cdk.json'))) return folder;
  throw new LocalRunError(
    fs.existsSync(folder) ? `${app} is not a CDK app: cdk.json is missing` : `app ${app} does not exist`,
    `select a folder with a cdk.json, absolute or relative to the repository, for example --app ${listApps().join(', ')}`,
  );
}

/** Lists the example apps, including those in subfolders such as `examples/reference/`. */
function listApps(folder = EXAMPLES): string[] {
  return fs.readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== 'cdk.out')
    .flatMap((entry) => {
      const child = path.join(folder, entry.name);
      if (fs.existsSync(path.join(child, 'cdk.json'))) return [path.relative(REPOSITORY, child)];
      return folder === EXAMPLES ? listApps(child) : [];
    });
}
