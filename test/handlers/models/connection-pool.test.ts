import * as http from 'node:http';
import { HttpRequest } from '@smithy/core/protocols';
import { ConnectionPool } from '../../../src/handlers/models/connection-pool';

const sockets = new Set<unknown>();
let server: http.Server;
let port: number;
beforeAll(async () => {
  server = http.createServer((_request, response) => response.end('ok'));
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
});
afterAll(() => { server.closeAllConnections(); server.close(); });
beforeEach(() => sockets.clear());
afterEach(() => { jest.restoreAllMocks(); });

async function call(connections: ConnectionPool): Promise<void> {
  await connections.use(async () => {
    const { response } = await connections.requestHandler.handle(new HttpRequest({ protocol: 'http:', hostname: '127.0.0.1', port, path: '/' }));
    for await (const chunk of response.body) void chunk;
  });
}

describe('ConnectionPool', () => {
  it('reuses a connection for calls in quick succession', async () => {
    const connections = new ConnectionPool();
    for (let i = 0; i < 3; i++) await call(connections);
    expect(sockets.size).toBe(1);
  });

  it('does not reuse a connection that was idle for more than 10 seconds', async () => {
    const connections = new ConnectionPool();
    await call(connections);
    const later = Date.now() + 10_001;
    jest.spyOn(Date, 'now').mockImplementation(() => later);
    await call(connections);
    expect(sockets.size).toBe(2);
  });

  it('keeps connections open while another call runs, because the execution environment was not frozen', async () => {
    const connections = new ConnectionPool();
    await call(connections);
    const later = Date.now() + 10_001;
    let release = () => undefined as void;
    const running = connections.use(() => new Promise<void>((resolve) => { release = resolve; }));
    jest.spyOn(Date, 'now').mockImplementation(() => later);
    await call(connections);
    release();
    await running;
    expect(sockets.size).toBe(1);
  });
});
