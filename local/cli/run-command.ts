import { describeFailure } from './local-run-error';

/** Stopping takes one to two seconds. After this time, the process exits. */
const STOP_TIMEOUT_MS = 8_000;
/** One Ctrl-C can arrive twice: from the terminal and from npm. */
const DUPLICATE_SIGNAL_MS = 500;
const PARENT_POLL_MS = 500;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** The exit code of a shell command that Ctrl-C stopped. */
export const INTERRUPTED_EXIT_CODE = 130;

/**
 * Runs a command and sets the exit code of the process.
 *
 * Ctrl-C, SIGTERM, SIGHUP or the exit of the parent process aborts `signal`. A second Ctrl-C exits immediately and kills the
 * child processes.
 *
 * @param interruptedCode Exit code of a command that was stopped by a signal.
 */
export async function runCommand(command: (signal: AbortSignal) => Promise<void>, interruptedCode: number): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const stopListening = onStopRequest(() => controller.abort());
  try {
    await command(signal);
    process.exitCode = signal.aborted ? interruptedCode : 0;
  } catch (error) {
    // an error after Ctrl-C is a consequence of it
    process.exitCode = signal.aborted ? interruptedCode : 1;
    if (!signal.aborted) process.stderr.write(`\n${describeFailure(error)}\n`);
  } finally {
    stopListening();
  }
}

/** Calls `stop` on the first stop request. Returns a function that removes the listeners. */
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
      // the 'exit' handlers kill the remaining child processes
      process.exit(INTERRUPTED_EXIT_CODE);
    }
  };
  for (const name of SIGNALS) process.on(name, request);

  // npm does not forward SIGTERM, so the parent is polled
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
