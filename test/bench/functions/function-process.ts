import { type ChildProcess, spawn } from 'node:child_process';
import * as http from 'node:http';
import type * as net from 'node:net';

export interface FunctionCommand {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The response of an invocation. */
export interface InvocationResult {
  /** Milliseconds from the event to the response. */
  readonly ms: number;
  readonly body: string;
}

const TIMEOUT_MS = 120_000;
const STDERR_BYTES = 4_000;
const ARN = 'arn:aws:lambda:us-west-2:111122223333:function:bench';
const ROOT = '/2018-06-01/runtime';

/** A pending request of the function for the next event. */
interface NextRequest {
  readonly response: http.ServerResponse;
}

/**
 * A function in a fresh process, with a stand-in for the Lambda Runtime API: the process requests events from it, as in an execution
 * environment. While `started` and `invoke` have returned, the process waits for an event and uses no CPU time.
 */
export class FunctionProcess {
  /** Starts the process. Its standard output is discarded. */
  public static async start({ command, environment }: FunctionCommand): Promise<FunctionProcess> {
    const api = http.createServer({ keepAliveTimeout: TIMEOUT_MS });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const { port } = api.address() as net.AddressInfo;
    const started = performance.now();
    const [program, ...args] = command;
    const child = spawn(program, args, { env: { ...environment, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}` }, stdio: ['ignore', 'ignore', 'pipe'] });
    const running = new FunctionProcess(api, child);
    await running.nextRequest();
    running.initMs = performance.now() - started;
    return running;
  }

  /** Milliseconds from the start of the process to its first request for an event. */
  public initMs = 0;
  private stderr = '';
  private next: NextRequest | undefined;
  private sentAt = 0;
  private result: (InvocationResult & { readonly isError: boolean }) | undefined;
  private onNext: (() => void) | undefined;
  private onExit: ((error: Error) => void) | undefined;
  private exit: string | undefined;
  private invocations = 0;

  private constructor(private readonly api: http.Server, private readonly child: ChildProcess) {
    api.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => this.receive(request, response));
    child.stderr?.on('data', (text: Buffer) => { this.stderr = (this.stderr + text.toString()).slice(-STDERR_BYTES); });
    child.once('error', (error) => this.ended(error.message));
    child.once('exit', (code, signal) => this.ended(signal ? `signal ${signal}` : `exit code ${code}`));
  }

  public get pid(): number {
    return this.child.pid!;
  }

  /** Invokes the function, and waits until it requests the next event. Throws if it fails or ends. */
  public async invoke(event: object): Promise<InvocationResult> {
    const { response } = this.next!;
    this.next = undefined;
    this.result = undefined;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': `request-${++this.invocations}`,
      'Lambda-Runtime-Deadline-Ms': Date.now() + TIMEOUT_MS,
      'Lambda-Runtime-Invoked-Function-Arn': ARN,
    });
    this.sentAt = performance.now();
    response.end(JSON.stringify(event));
    await this.nextRequest();
    const { isError, ...result } = this.result!;
    if (isError) throw new Error(`the function failed: ${result.body.slice(0, STDERR_BYTES)}\n${this.stderr}`);
    return result;
  }

  /** Ends the process. */
  public async stop(): Promise<void> {
    const ended = this.exit === undefined ? new Promise((resolve) => this.child.once('exit', resolve)) : undefined;
    this.child.kill('SIGKILL');
    await ended;
    this.api.closeAllConnections();
    this.api.close();
  }

  private async nextRequest(): Promise<void> {
    if (this.next) return;
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.onNext = resolve;
        this.onExit = reject;
        timer = setTimeout(() => reject(new FunctionExitError(`no response within ${TIMEOUT_MS / 1000} seconds`, this.stderr)), TIMEOUT_MS);
        if (this.exit !== undefined) this.ended(this.exit);
      });
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private receive(request: http.IncomingMessage, response: http.ServerResponse): void {
    const receivedAt = performance.now();
    if (request.url === `${ROOT}/invocation/next`) {
      this.next = { response };
      this.onNext?.();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const isError = request.url?.endsWith('/error') ?? false;
      this.result = { ms: receivedAt - this.sentAt, body: Buffer.concat(chunks).toString(), isError };
      if (isError) this.stderr += this.result.body;
      response.writeHead(202).end('{}');
    });
  }

  private ended(reason: string): void {
    this.exit = reason;
    this.onExit?.(new FunctionExitError(reason, this.stderr));
  }
}

/** The process of a function ended, or was ended because it did not respond. */
export class FunctionExitError extends Error {
  constructor(public readonly reason: string, stderr: string) {
    super(`the process of the function ended: ${reason}\n${stderr}`);
  }
}
