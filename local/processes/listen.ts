import { type Server } from 'node:http';
import { HOST } from './free-port';
import { LocalRunError } from '../cli/local-run-error';

export interface PortOptions {
  /** Required port. Without it, the first free port of the range, or else any free port. */
  readonly port?: number;
  readonly range: readonly [first: number, last: number];
  /** Command line option that sets the port. */
  readonly option: string;
}

/** Makes a server listen on this machine only. */
export async function listenOnPort(server: Server, { port, range: [first, last], option }: PortOptions): Promise<void> {
  if (port !== undefined) {
    if (await tryListen(server, port)) return;
    throw new LocalRunError(`port ${port} is already in use`, `use another port (npm run local -- ${option} ${port + 1}) or stop the process that uses it`);
  }
  for (let candidate = first; candidate <= last; candidate += 1) {
    if (await tryListen(server, candidate)) return;
  }
  await tryListen(server, 0);
}

/** Returns `false` when the port is in use. */
function tryListen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else if (error.code === 'EACCES') reject(new LocalRunError(`no permission to listen on port ${port}`, 'use a port above 1023'));
      else reject(error);
    };
    server.once('error', fail);
    server.listen(port, HOST, () => {
      server.off('error', fail);
      resolve(true);
    });
  });
}
