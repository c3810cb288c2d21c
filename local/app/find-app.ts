import * as fs from 'node:fs';
import * as path from 'node:path';
import { LocalRunError } from '../cli/local-run-error';
import { REPOSITORY } from '../processes/paths';

const EXAMPLES = path.join(REPOSITORY, 'examples');

/** The folder of an app, given as `examples/NAME` or any other path from the repository's root. */
export function findApp(app: string): string {
  const folder = path.resolve(REPOSITORY, app);
  if (fs.existsSync(path.join(folder, 'cdk.json'))) return folder;
  throw new LocalRunError(
    fs.existsSync(folder) ? `${app} is no CDK app: it has no cdk.json` : `there is no app ${app}`,
    `choose one with --app: ${listApps().join(', ')}`,
  );
}

/** Example apps, those of a sub folder such as `examples/reference/` included. */
function listApps(folder = EXAMPLES): string[] {
  return fs.readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== 'cdk.out')
    .flatMap((entry) => {
      const child = path.join(folder, entry.name);
      if (fs.existsSync(path.join(child, 'cdk.json'))) return [path.relative(REPOSITORY, child)];
      return folder === EXAMPLES ? listApps(child) : [];
    });
}
