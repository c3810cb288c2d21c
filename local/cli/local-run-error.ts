/** What went wrong, in terms of the person who typed the command, and what to do about it. Printed without a stack trace. */
export class LocalRunError extends Error {
  constructor(
    message: string,
    /** The next thing to type or to change. */
    readonly fix: string,
    /** Output of the program that failed. */
    readonly detail?: string,
  ) {
    super(message);
  }
}

const DETAIL_LINES = 25;

export function lastLines(text: string, count = DETAIL_LINES): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

export function describeFailure(error: unknown): string {
  if (!(error instanceof LocalRunError)) return `  ✗ ${error instanceof Error ? error.stack ?? error.message : String(error)}`;
  const detail = error.detail ? `${error.detail.replace(/^/gm, '    │ ')}\n` : '';
  return `  ✗ ${error.message}\n${detail}    Fix: ${error.fix}`;
}

/** Outputs of npm and pip when they cannot reach their registry. */
const NETWORK_ERROR = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|NewConnectionError|ConnectTimeout|NameResolutionError|network is unreachable|Temporary failure in name resolution|ProxyError|Connection to \S+ timed out/i;

/** The problem of a download that did not work, told apart from every other failure of the installer. */
export function downloadError(what: string, output: string, command: string): LocalRunError {
  return NETWORK_ERROR.test(output)
    ? new LocalRunError(
      `cannot download ${what}: the package registry is out of reach`,
      'check the network, and behind a proxy HTTPS_PROXY and the registry settings of npm and pip; then run the command again',
      lastLines(output, 8),
    )
    : new LocalRunError(`cannot install ${what}`, `read the output above; the same by hand: ${command}`, lastLines(output));
}
