import * as http from 'node:http';
import * as http2 from 'node:http2';
import * as net from 'node:net';
import { type IncomingRequest, type OutgoingResponse } from './http-exchange';

/** A local port for HTTP/1.1 and HTTP/2 without TLS ("prior knowledge"), as the AWS SDKs use them. */
export interface DualListener {
  readonly port: number;
  /** Closes the port and all open connections immediately. */
  close(): Promise<void>;
}

export const HOST = '127.0.0.1';
/** The first bytes of an HTTP/2 connection. No HTTP/1.1 method starts with them. */
const HTTP2_PREFACE = 'PRI';

/** Listens on a local port and passes the requests of both protocols to `onRequest`. */
export async function listen(port: number, onRequest: (request: IncomingRequest, response: OutgoingResponse) => void): Promise<DualListener> {
  // longer than the idle timeout of clients, so that they never reuse a connection that is closing
  const http1Server = http.createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 }, onRequest);
  const http2Server = http2.createServer(onRequest);
  const sockets = new Set<net.Socket>();
  const listener = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // a disconnected client is not an error of the service
    socket.on('error', () => socket.destroy());
    detectProtocol(socket, (isHttp2) => (isHttp2 ? http2Server : http1Server).emit('connection', socket));
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

/** Reads the first bytes of a connection, identifies the protocol and puts the bytes back. */
function detectProtocol(socket: net.Socket, onDetected: (isHttp2: boolean) => void): void {
  const onReadable = () => {
    const start = socket.read(HTTP2_PREFACE.length) as Buffer | null;
    if (start === null) return;
    socket.off('readable', onReadable);
    socket.unshift(start);
    onDetected(start.toString('latin1') === HTTP2_PREFACE);
  };
  socket.on('readable', onReadable);
}
