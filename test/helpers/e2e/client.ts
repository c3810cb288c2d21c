import { describeFailure } from '../../../local/cli/local-run-error';
import { startLocalApp, type LocalApp, type LocalAppOptions } from '../../../local/run-app';

export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown> & {
    readonly id: string;
    readonly code: string;
    readonly images: { readonly url: string; readonly id: string; readonly expiresAt: string; readonly width: number; readonly height: number }[];
    readonly errors: { readonly pointer: string }[];
  };
}

export interface ApiRequest {
  /** The API key. */
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A client of an example app on the local emulator. */
export class Client {
  public static async start(options: LocalAppOptions): Promise<Client> {
    // Jest prints only the message of an error, and the message of a failed step does not contain the cause.
    const app = await startLocalApp(options).catch((error: unknown) => { throw new Error(describeFailure(error)); });
    return new Client(app);
  }

  constructor(public readonly app: LocalApp) {}

  public get alice(): string {
    return this.app.outputs.apiKeys.alice;
  }

  public get bob(): string {
    return this.app.outputs.apiKeys.bob;
  }

  /** Sends a request to the API. `route` is a method and a path, such as `GET /images`. */
  public async call(route: string, { key, body, headers }: ApiRequest = {}): Promise<ApiResponse> {
    const [method, path] = route.split(' ');
    const response = await fetch(`${this.app.outputs.baseUrl}${path}`, {
      method,
      headers: { ...(key && { 'x-api-key': key }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: text.startsWith('{') ? JSON.parse(text) : {} };
  }

  public generate(key = this.alice, body: object = { prompt: 'a lighthouse' }, headers?: Record<string, string>): Promise<ApiResponse> {
    return this.call('POST /images', { key, body, headers });
  }

  /** Sets the mode of the local model service and resets its call count. */
  public async resetModel(mode: string, options: object = {}): Promise<void> {
    await this.setModelMode(mode, options);
    await fetch(`${this.app.outputs.controlUrl}/calls`, { method: 'DELETE' });
  }

  /** Sets the mode of the local model service without resetting its call count. */
  public async setModelMode(mode: string, options: object = {}): Promise<void> {
    const { controlUrl } = this.app.outputs;
    const response = await fetch(`${controlUrl}/mode`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ mode, ...options }) });
    if (!response.ok) throw new Error(await response.text());
  }

  public async modelCallCount(): Promise<number> {
    return (await this.modelCalls()).total;
  }

  public async modelCalls(): Promise<{ readonly total: number; readonly mostAtOnce: number }> {
    return await (await fetch(`${this.app.outputs.controlUrl}/calls`)).json() as { total: number; mostAtOnce: number };
  }
}
