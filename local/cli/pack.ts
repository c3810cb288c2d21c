// Builds and packs what `npm run demo` and `npm run local` would, ahead of them. usage: tsx pack.ts js|python|java ...
import { LocalRunError } from './local-run-error';
import { INTERRUPTED_EXIT_CODE, runCommand } from './run-command';
import { Steps } from './steps';
import { isLanguage, LANGUAGES, packPackage } from '../app/package-artifacts';
import { displayPath } from '../processes/paths';
import { Processes } from '../processes/processes';

void runCommand(async (signal) => {
  const processes = new Processes();
  signal.addEventListener('abort', processes.killAll);
  const steps = new Steps(process.stdout);
  for (const language of process.argv.slice(2)) {
    if (!isLanguage(language)) throw new LocalRunError(`there is no package for ${language}`, `choose from ${LANGUAGES.join(', ')}`);
    const { file } = await packPackage(language, processes, steps);
    steps.line(`    ${displayPath(file)}`);
  }
}, INTERRUPTED_EXIT_CODE);
