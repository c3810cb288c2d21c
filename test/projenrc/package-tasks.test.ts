import * as fs from 'node:fs';
import * as path from 'node:path';

interface Task {
  readonly steps: readonly { readonly exec: string }[];
}

const { tasks } = JSON.parse(fs.readFileSync(path.join(__dirname, '../../.projen/tasks.json'), 'utf8')) as { tasks: Readonly<Record<string, Task>> };

it.each(['python', 'java', 'go', 'dotnet'])('package:%s translates snippets that rosetta:extract has not translated, so that no TypeScript is labelled as another language', (language) => {
  expect(tasks[`package:${language}`].steps).toEqual([{ exec: `jsii-pacmak -v --target ${language} --rosetta-unknown-snippets translate` }]);
});
