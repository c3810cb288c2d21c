// Builds and packs what `npm run demo` and `npm run local` would, ahead of them. usage: tsx pack.ts js|python|java ...
import { RunProblem } from './local-run-error';
import { INTERRUPTED, runCommand } from './run-command';
import { Steps } from './steps';
import { isLanguage, LANGUAGES, packedPackage } from '../app/package-artifacts';
import { shown } from '../processes/paths';
import { Processes } from '../processes/processes';

void runCommand(async (signal) => {
  const processes = new Processes();
  signal.addEventListener('abort', processes.killAll);
  const steps = new Steps(process.stdout);
  for (const language of process.argv.slice(2)) {
    if (!isLanguage(language)) throw new RunProblem(`there is no package for ${language}`, `choose from ${LANGUAGES.join(', ')}`);
    const { file } = await packedPackage(language, processes, steps);
    steps.line(`    ${shown(file)}`);
  }
}, INTERRUPTED);
