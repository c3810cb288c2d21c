import { describeFailure } from './local-run-error';

/** Stopping takes a second or two; whatever hangs, one Ctrl-C ends all within ten. */
const STOP_TIMEOUT_MS = 8_000;
/** One Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const DUPLICATE_SIGNAL_MS = 500;
const PARENT_POLL_MS = 500;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** The exit code of a shell command that was ended by Ctrl-C. */
export const INTERRUPTED_EXIT_CODE = 130;

/**
 * Runs a command to its end, or until a Ctrl-C, SIGTERM, SIGHUP or the death of the process that started us aborts
 * `signal`; a second one ends the process at once, and with it all it started. `interruptedCode` is the exit code of an
 * end by signal.
 */
export async function runCommand(work: (signal: AbortSignal) => Promise<void>, interruptedCode: number): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const ignore = onStopRequest(() => controller.abort());
  try {
    await work(signal);
    process.exitCode = signal.aborted ? interruptedCode : 0;
  } catch (error) {
    // what fails after a Ctrl-C fails because of it
    process.exitCode = signal.aborted ? interruptedCode : 1;
    if (!signal.aborted) process.stderr.write(`\n${describeFailure(error)}\n`);
  } finally {
    ignore();
  }
}

/** Answers a function that ends the watch. */
function onStopRequest(stop: () => void): () => void {
  let stoppingSince: number | undefined;
  const request = () => {
    const now = performance.now();
    if (stoppingSince === undefined) {
      stoppingSince = now;
      process.stdout.write('\n  stopping ...\n');
      setTimeout(() => process.exit(INTERRUPTED_EXIT_CODE), STOP_TIMEOUT_MS).unref();
      stop();
    } else if (now - stoppingSince > DUPLICATE_SIGNAL_MS) {
      // the 'exit' handlers kill what still runs
      process.exit(INTERRUPTED_EXIT_CODE);
    }
  };
  for (const name of SIGNALS) process.on(name, request);

  // npm that is killed by SIGTERM or SIGKILL tells nobody
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    request();
  }, PARENT_POLL_MS).unref();

  return () => {
    clearInterval(watch);
    for (const name of SIGNALS) process.off(name, request);
  };
}
