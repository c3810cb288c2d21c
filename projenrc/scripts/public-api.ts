// Writes the public API as text for the snapshot test (`npm run public-api`). Reads the jsii assembly, so compile first.
import * as fs from 'node:fs';
import { readAssembly } from '../assembly';
import { PUBLIC_API_FILE, publicApiText } from '../public-api-text';

const text = publicApiText(readAssembly('.'));
fs.writeFileSync(PUBLIC_API_FILE, text);
console.log(`${PUBLIC_API_FILE}: ${text.trimEnd().split('\n').length - 1} types and members`);
