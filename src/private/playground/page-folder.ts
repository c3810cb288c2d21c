import * as fs from 'node:fs';
import * as path from 'node:path';

/** The folder is three levels up from here both in the sources and in the compiled package. */
const ASSETS = path.join(__dirname, '..', '..', '..', 'assets');

/** Returns the folder of the page, which was bundled when this package was built. */
export function pageFolder(assets = ASSETS): string {
  const folder = path.join(assets, 'playground');
  if (fs.existsSync(path.join(folder, 'index.html'))) return folder;
  throw new Error(`the files of the playground do not exist in ${folder}; install cdk-genai-image-api again, or in its repository run: npx projen playground:bundle`);
}
