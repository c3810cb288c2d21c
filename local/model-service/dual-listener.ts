import * as http from 'node:http';
import * as http2 from 'node:http2';
import * as net from 'node:net';
import { Request, Response } from './http-exchange';

/** A port of its own on this machine that takes HTTP/1.1 and HTTP/2 without TLS ("prior knowledge"), as the AWS SDKs speak it. */
export interface DualListener {
  readonly port: number;
  /** Stops at once; connections that are open are cut. */
  close(): Promise<void>;
}

export const HOST = '127.0.0.1';
/** The first bytes of an HTTP/2 connection. No HTTP/1 method begins with them. */
const HTTP2_PREFACE = 'PRI';

export async function listen(port: number, onRequest: (request: Request, response: Response) => void): Promise<DualListener> {
  // Longer than clients keep idle connections, or they would meet one that is just being closed
  const http1Server = http.createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 }, onRequest);
  const http2Server = http2.createServer(onRequest);
  const sockets = new Set<net.Socket>();
  const listener = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that breaks off is no fault of the service
    socket.on('error', () => socket.destroy());
    handOver(socket, (isHttp2) => (isHttp2 ? http2Server : http1Server).emit('connection', socket));
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, HOST, resolve);
  });
  return {
    port: (listener.address() as net.AddressInfo).port,
    close: () => new Promise((resolve) => {
      listener.close(() => resolve());
      sockets.forEach((socket) => socket.destroy());
    }),
  };
}

/** Waits for enough bytes to tell the protocols apart, puts them back and hands the connection on. */
function handOver(socket: net.Socket, take: (isHttp2: boolean) => void): void {
  const look = () => {
    const start = socket.read(HTTP2_PREFACE.length) as Buffer | null;
    if (start === null) return;
    socket.off('readable', look);
    socket.unshift(start);
    take(start.toString('latin1') === HTTP2_PREFACE);
  };
  socket.on('readable', look);
}
