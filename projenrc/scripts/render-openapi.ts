// Writes the OpenAPI document and the Postman collection of the package (`npm run openapi`).
import * as fs from 'node:fs';
import * as path from 'node:path';
import { openApiFiles } from '../open-api-files';

async function main(): Promise<void> {
  for (const [file, text] of Object.entries(await openApiFiles())) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    console.log(`${file}: ${(text.length / 1024).toFixed(0)} KiB`);
  }
}

void main();
