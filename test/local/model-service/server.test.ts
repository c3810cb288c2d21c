import { spawn } from 'node:child_process';
import * as http2 from 'node:http2';
import * as net from 'node:net';
import * as path from 'node:path';
import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { calls, CORE, http1Client, http2Client, http2Get, invoke, setMode } from '../../helpers/model-service';

const FOLDER = path.join(__dirname, '../../../local/model-service');

const services: ModelService[] = [];
const start = async (port?: number) => {
  const service = await startModelService({ port });
  services.push(service);
  return service;
};
afterEach(async () => {
  await Promise.all(services.splice(0).map(async (service) => service.close()));
});

it('accepts HTTP/1.1 and HTTP/2 on one port', async () => {
  const service = await start();

  const overHttp1 = await fetch(`${service.controlUrl}/health`);
  const overHttp2 = await http2Get(`${service.controlUrl}/health`);

  expect(overHttp1.status).toBe(200);
  expect(overHttp2).toEqual({ status: 200, body: await overHttp1.text() });
});

it('detects the protocol when the first bytes arrive separately', async () => {
  const service = await start();
  const socket = net.connect(Number(new URL(service.url).port), '127.0.0.1');
  socket.setNoDelay(true);
  const response = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));

  for (const byte of 'PUT') {
    socket.write(byte);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  socket.write(' /_control/mode HTTP/1.1\r\nHost: x\r\nContent-Length: 13\r\n\r\n{"mode":"ok"}');

  expect(await response).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
});

it('listens on the given port of the loopback interface', async () => {
  const port = Number(new URL((await start()).url).port);
  await services.pop()?.close();

  const service = await start(port);

  expect(service.url).toBe(`http://127.0.0.1:${port}`);
  expect(service.controlUrl).toBe(`http://127.0.0.1:${port}/_control`);
});

it('fails when the port is in use', async () => {
  const service = await start();

  await expect(startModelService({ port: Number(new URL(service.url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

it('closes within a second with open connections', async () => {
  const service = await start();
  await setMode(service, { mode: 'slow', delayMs: 60_000 });
  const port = Number(new URL(service.url).port);
  const silent = net.connect(port, '127.0.0.1');
  const session = http2.connect(service.url);
  session.on('error', () => undefined);
  await Promise.all([
    new Promise((resolve) => silent.once('connect', resolve)),
    new Promise((resolve) => session.once('connect', resolve)),
  ]);
  const waiting = invoke(http1Client(service), CORE, { prompt: 'x' }).catch((error: Error) => error);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const started = performance.now();

  await service.close();

  expect(performance.now() - started).toBeLessThan(1000);
  expect(await waiting).toBeInstanceOf(Error);
  await expect(fetch(`${service.controlUrl}/health`)).rejects.toThrow();
  silent.destroy();
  session.destroy();
});

it.each([['HTTP/1.1', http1Client], ['HTTP/2', http2Client]])('continues after clients over %s that disconnect before the response', async (_, clientOf) => {
  const errors = jest.spyOn(console, 'error').mockImplementation();
  const service = await start();
  await setMode(service, { mode: 'slow', delayMs: 400, times: 1 });
  const client = clientOf(service);
  const abortController = new AbortController();
  const call = client.send(new InvokeModelCommand({ modelId: CORE, body: '{"prompt":"x"}' }), { abortSignal: abortController.signal });
  setTimeout(() => abortController.abort(), 200);

  await expect(call).rejects.toThrow(/abort/);
  await new Promise((resolve) => setTimeout(resolve, 900));
  const next = await invoke(client, CORE, { prompt: 'x', output_format: 'jpeg' });
  client.destroy();

  expect(next.finish_reasons).toEqual([null]);
  expect((await calls(service)).calls.map(({ outcome }) => outcome)).toEqual(['slow', 'ok']);
  expect(errors).not.toHaveBeenCalled();
  errors.mockRestore();
});

it('runs from the command line until SIGTERM', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(FOLDER, 'main.ts'), '--port', '4717'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const output = await new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString())));
  const health = await fetch('http://127.0.0.1:4717/_control/health');
  child.kill('SIGTERM');

  expect(output).toBe('model service on http://127.0.0.1:4717, control on http://127.0.0.1:4717/_control\n');
  expect(health.status).toBe(200);
  expect(await exited).toBe(0);
}, 20_000);
