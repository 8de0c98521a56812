import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestCertificate } from './test-certificate';

export interface ReceivedPost {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const ADDRESS = '127.0.0.1';

/** A real web server on loopback that keeps what it is sent and answers as it is told. */
export class Receiver {
  readonly posts: ReceivedPost[] = [];
  connections = 0;
  answer: (response: ServerResponse) => void = (response) => response.end('ok');
  private readonly server: Server;
  private waiting: (() => void)[] = [];

  constructor(private readonly certificate?: TestCertificate) {
    this.server = certificate ? createTlsServer(certificate) : createServer();
    this.server.on('connection', () => {
      this.connections += 1;
    });
    this.server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.posts.push({
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(parts),
        });
        for (const wake of this.waiting.splice(0)) wake();
        this.answer(response);
      });
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Its address under a name of the test's own, or under its number. */
  url(path: string, host = ADDRESS): string {
    return `${this.certificate ? 'https' : 'http'}://${host}:${this.port}${path}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, ADDRESS, resolve);
    });
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Ends when so many posts have arrived. */
  async waitFor(count: number): Promise<void> {
    while (this.posts.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}
