import { parseArgs } from 'node:util';
import { startModelService } from './server';

/** Runs only the model service: `tsx local/model-service/main.ts --port 4700`. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' } } });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port must be a port number, got ${values.port}`);
  const service = await startModelService({ port });
  console.log(`model service on ${service.url}, control on ${service.controlUrl}`);
  const stop = () => {
    service.close().catch(fail);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function fail(error: unknown): void {
  const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(inUse ? 'the port is already in use; use another --port' : error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

main().catch(fail);
