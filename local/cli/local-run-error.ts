/** An error with a remedy for the user. It is printed without a stack trace. */
export class LocalRunError extends Error {
  constructor(
    message: string,
    /** What the user can do. */
    readonly fix: string,
    /** Output of the failed program. */
    readonly detail?: string,
  ) {
    super(message);
  }
}

const DETAIL_LINES = 25;

/** Returns the last lines of a program's output. */
export function lastLines(text: string, count = DETAIL_LINES): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** Formats an error for the terminal. An unexpected error includes its stack trace. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof LocalRunError)) return `  ✗ ${error instanceof Error ? error.stack ?? error.message : String(error)}`;
  const detail = error.detail ? `${error.detail.replace(/^/gm, '    │ ')}\n` : '';
  return `  ✗ ${error.message}\n${detail}    Fix: ${error.fix}`;
}

/** Output of npm and pip when the registry is not reachable. */
const NETWORK_ERROR = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|NewConnectionError|ConnectTimeout|NameResolutionError|network is unreachable|Temporary failure in name resolution|ProxyError|Connection to \S+ timed out/i;

/** Returns the error of a failed installation, with another remedy for network errors. */
export function downloadError(what: string, output: string, command: string): LocalRunError {
  return NETWORK_ERROR.test(output)
    ? new LocalRunError(
      `cannot download ${what}: the package registry is not reachable`,
      'check the network connection, HTTPS_PROXY and the registry settings of npm and pip, then run the command again',
      lastLines(output, 8),
    )
    : new LocalRunError(`cannot install ${what}`, `see the output above; to reproduce: ${command}`, lastLines(output));
}
