/** What went wrong, in terms of the person who typed the command, and what to do about it. Printed without a stack trace. */
export class RunProblem extends Error {
  constructor(
    what: string,
    /** The next thing to type or to change. */
    readonly fix: string,
    /** Output of the program that failed. */
    readonly detail?: string,
  ) {
    super(what);
  }
}

const DETAIL_LINES = 25;

export function lastLines(text: string, count = DETAIL_LINES): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

export function describeFailure(error: unknown): string {
  if (!(error instanceof RunProblem)) return `  ✗ ${error instanceof Error ? error.stack ?? error.message : String(error)}`;
  const detail = error.detail ? `${error.detail.replace(/^/gm, '    │ ')}\n` : '';
  return `  ✗ ${error.message}\n${detail}    Fix: ${error.fix}`;
}

/** Outputs of npm and pip when they cannot reach their registry. */
const NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|NewConnectionError|ConnectTimeout|NameResolutionError|network is unreachable|Temporary failure in name resolution|ProxyError|Connection to \S+ timed out/i;

/** The problem of a download that did not work, told apart from every other failure of the installer. */
export function downloadProblem(what: string, output: string, command: string): RunProblem {
  return NETWORK.test(output)
    ? new RunProblem(
      `cannot download ${what}: the package registry is out of reach`,
      'check the network, and behind a proxy HTTPS_PROXY and the registry settings of npm and pip; then run the command again',
      lastLines(output, 8),
    )
    : new RunProblem(`cannot install ${what}`, `read the output above; the same by hand: ${command}`, lastLines(output));
}
