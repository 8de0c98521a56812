import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { InvalidInputError } from '@/lib/domain/errors';
import { parseControlCommand } from './control-schema';
import type { DevnetSupervisor } from './supervisor';

const HOST = '127.0.0.1';
const MAX_BODY_BYTES = 8_192;
/** A listener that has not read this much is cut off: it can come back, memory cannot. */
const MAX_UNREAD_BYTES = 1_048_576;

export interface ControlServer {
  readonly url: string;
  close(): Promise<void>;
}

interface ControlServerOptions {
  readonly port: number;
  /** Without one, what needs it is refused. */
  readonly token: string | undefined;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

const sendError = (response: ServerResponse, status: number, code: string, message: string, field?: string): void =>
  sendJson(response, status, { error: { code, message, ...(field === undefined ? {} : { field }) } });

function isToken(given: unknown, wanted: string | undefined): boolean {
  if (wanted === undefined || wanted === '' || typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A page elsewhere could point a name of its own at this machine: only loopback's own names are served. */
const isLoopbackHost = (host: string | undefined): boolean =>
  host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);

/** The body as text; `undefined` when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function stream(supervisor: DevnetSupervisor, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  const unsubscribe = supervisor.subscribe(({ type, data }) => {
    if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
    else response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  });
  request.once('close', unsubscribe);
  response.once('close', unsubscribe);
}

async function control(
  supervisor: DevnetSupervisor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { deployment } = supervisor;
  if (deployment === undefined) return sendError(response, 503, 'STARTING', 'The chain is being set up.');
  const body = await readBody(request);
  if (body === undefined) {
    response.setHeader('connection', 'close');
    return sendError(response, 413, 'BODY', `At most ${MAX_BODY_BYTES} bytes are read.`, 'body');
  }
  try {
    await supervisor.execute(parseControlCommand(body, deployment));
    sendJson(response, 200, supervisor.readState());
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    sendError(response, 400, error.code, error.message, `${error.detail.inputs?.field ?? 'body'}`);
  }
}

async function answer(
  supervisor: DevnetSupervisor,
  url: string,
  token: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLoopbackHost(request.headers.host))
    return sendError(response, 403, 'HOST', 'This host name is not served here.');
  const route = `${request.method} ${(request.url ?? '').split('?')[0]}`;
  if (route === 'GET /state') return sendJson(response, 200, supervisor.readState());
  if (route === 'GET /deployment') {
    const description = supervisor.describe(url);
    return description === undefined
      ? sendError(response, 503, 'STARTING', 'The chain is being set up.')
      : sendJson(response, 200, description);
  }
  if (!isToken(request.headers['x-ballast-token'], token)) {
    return sendError(
      response,
      401,
      'TOKEN',
      'The header x-ballast-token must carry the token this process was started with (BALLAST_DEVNET_TOKEN).',
    );
  }
  if (route === 'GET /stream') return stream(supervisor, request, response);
  if (route === 'POST /control') return control(supervisor, request, response);
  return sendError(response, 404, 'ROUTE', 'There is no such route.');
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/**
 * Serves the supervisor on the loopback interface: `GET /deployment` and `GET /state` to anyone on this machine, `GET /stream`
 * (server-sent events `market` and `state`) and `POST /control` to who knows the token.
 */
export async function startControlServer(
  supervisor: DevnetSupervisor,
  options: ControlServerOptions,
): Promise<ControlServer> {
  let url = '';
  const server = createServer((request, response) => {
    answer(supervisor, url, options.token, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendError(response, 500, 'FAILED', (error as Error).message);
    });
  });
  url = `http://${HOST}:${await listen(server, options.port)}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
