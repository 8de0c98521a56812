import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A scripted node for tests: JSON-RPC over HTTP and one WebSocket, on one port, that can hang, refuse, lie or start again. */
export class FakeNode {
  chainId = 31_337;
  genesis = 1;
  number = 5;
  /** Neither side answers any more; connections stay open. */
  hung = false;
  /** The socket is accepted and then silent, while HTTP works. */
  deafSocket = false;
  acceptSockets = true;
  logs: unknown[] = [];
  readonly asked: string[] = [];
  readonly subscribed: unknown[] = [];
  private readonly sockets = new Set<WebSocket>();
  private readonly server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { id, method, params } = JSON.parse(text);
      this.asked.push(method);
      if (!this.hung) response.end(JSON.stringify({ jsonrpc: '2.0', id, result: this.answer(method, params) }));
    });
  });
  private readonly upgrades = new WebSocketServer({ noServer: true });
  private port = 0;

  constructor() {
    this.server.on('upgrade', (request, socket, head) => {
      if (this.hung) return;
      if (!this.acceptSockets) {
        socket.destroy();
        return;
      }
      this.upgrades.handleUpgrade(request, socket, head, (opened) => {
        this.sockets.add(opened);
        opened.on('close', () => this.sockets.delete(opened));
        opened.on('message', (data) => {
          const { id, method, params } = JSON.parse(data.toString());
          if (this.hung) return;
          if (method === 'eth_subscribe') this.subscribed.push(params);
          opened.send(JSON.stringify({ jsonrpc: '2.0', id, result: this.answer(method, params) }));
        });
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get wsUrl(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  get socketCount(): number {
    return this.sockets.size;
  }

  hashOf(number: number): string {
    // Block 0 differs by genesis alone, the others by both.
    return `0x${this.genesis.toString(16).padStart(32, '0')}${number.toString(16).padStart(32, '0')}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Breaks every socket off, as a node that dies does. */
  dropSockets(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  mine(): void {
    this.number += 1;
    if (!this.deafSocket && !this.hung) this.notify('heads', this.block(this.number));
  }

  pushLog(log: unknown): void {
    this.notify('logs', log);
  }

  private notify(subscription: string, result: unknown): void {
    for (const socket of this.sockets) {
      socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params: { subscription, result } }));
    }
  }

  private block(number: number): unknown {
    return {
      number: `0x${number.toString(16)}`,
      hash: this.hashOf(number),
      parentHash: this.hashOf(Math.max(0, number - 1)),
      timestamp: `0x${(1_000 + number).toString(16)}`,
    };
  }

  private answer(method: string, params: readonly unknown[]): unknown {
    switch (method) {
      case 'eth_chainId':
        return `0x${this.chainId.toString(16)}`;
      case 'eth_getBlockByNumber':
        return this.block(params[0] === 'latest' ? this.number : Number(params[0]));
      case 'eth_subscribe':
        return params[0] === 'newHeads' ? 'heads' : 'logs';
      case 'eth_getLogs':
        return this.logs;
      default:
        return true;
    }
  }
}
