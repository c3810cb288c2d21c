// Builds the packages that `npm run demo` and `npm run local` use. Usage: tsx local/cli/pack.ts js|python|java ...
import { LocalRunError } from './local-run-error';
import { INTERRUPTED_EXIT_CODE, runCommand } from './run-command';
import { Steps } from './steps';
import { isLanguage, LANGUAGES, buildPackage } from '../app/build-package';
import { displayPath } from '../processes/paths';
import { Processes } from '../processes/processes';

void runCommand(async (signal) => {
  const processes = new Processes();
  signal.addEventListener('abort', processes.killAll);
  const steps = new Steps(process.stdout);
  for (const language of process.argv.slice(2)) {
    if (!isLanguage(language)) throw new LocalRunError(`unknown language '${language}'`, `use ${LANGUAGES.join(', ')}`);
    const { file } = await buildPackage(language, processes, steps);
    steps.line(`    ${displayPath(file)}`);
  }
}, INTERRUPTED_EXIT_CODE);
