import { type CDPSession, chromium } from 'playwright';
import { findChromium } from './app';
import { BenchmarkError } from './benchmark';
import { describeChunk } from './describe-chunk';

/** So long after the live figures, what loads when idle is in too, and is listed apart. */
const SETTLE_MS = 3_000;
const LIVE_TIMEOUT_MS = 30_000;

export interface LoadedScript {
  readonly name: string;
  /** What is recognised in it. */
  readonly content: string;
  /** As transferred: compressed, without the response's head. */
  readonly bytes: number;
  readonly rawBytes: number;
  /** Since the navigation. */
  readonly requestedMs: number;
}

export interface ScriptLoad {
  /** In the order in which they were requested. */
  readonly scripts: readonly LoadedScript[];
  readonly documentBytes: number;
  readonly firstPaintMs: number;
  /** When the first answer of the chain to the page itself was there and drawn. */
  readonly liveMs: number;
}

interface Transfer {
  readonly url: string;
  readonly type: string;
  readonly atSeconds: number;
  readonly isRead: boolean;
  bytes: number;
  rawBytes: number;
  finishedSeconds: number | undefined;
}

/** Follows every request of the page; times are of the browser's own monotonic clock. */
async function followNetwork(session: CDPSession): Promise<ReadonlyMap<string, Transfer>> {
  const transfers = new Map<string, Transfer>();
  session.on('Network.requestWillBeSent', ({ requestId, request, type, timestamp }) => {
    const isRead = new URL(request.url).pathname === '/api/rpc' && (request.postData ?? '').includes('eth_call');
    transfers.set(requestId, {
      url: request.url,
      type: type ?? 'Other',
      atSeconds: timestamp,
      isRead,
      bytes: 0,
      rawBytes: 0,
      finishedSeconds: undefined,
    });
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength, dataLength }) => {
    const transfer = transfers.get(requestId);
    if (!transfer) return;
    transfer.bytes += encodedDataLength;
    transfer.rawBytes += dataLength;
  });
  session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    const transfer = transfers.get(requestId);
    if (!transfer) return;
    transfer.finishedSeconds = timestamp;
    // Of a page that is sent piece by piece the pieces' sizes are not told, only the whole.
    if (transfer.bytes === 0) transfer.bytes = encodedDataLength;
  });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  return transfers;
}

/** A script's name in the build, with the directory that all share left out. */
const nameOf = (url: string): string => new URL(url).pathname.replace(/^\/_next\/static\//, '');

/**
 * Loads the page with nothing cached and lists its scripts in full, whichever way they were asked for (tags, preloads, imports).
 *
 * The first paint already shows figures, from the server. What counts as real here is stricter: the page's own reading of the chain,
 * which needs the client that loads after the paint.
 *
 * Errors: `BenchmarkError` APP when the page never reads the chain, or shows no row.
 */
export async function measureScripts(url: string, report: (message: string) => void): Promise<ScriptLoad> {
  const browser = await chromium.launch(await findChromium(report));
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const transfers = await followNetwork(session);
    let paintSeconds: number | undefined;
    session.on('Page.lifecycleEvent', ({ name, timestamp }) => {
      if (name === 'firstPaint') paintSeconds ??= timestamp;
    });
    await session.send('Page.enable');
    await session.send('Page.setLifecycleEventsEnabled', { enabled: true });
    // The lifecycle of the empty page before it is not the one asked about.
    paintSeconds = undefined;
    await page.goto(url, { waitUntil: 'load' });
    await page.locator('tr[data-position] [data-column="health-factor"]').first().waitFor();

    const findRead = () => [...transfers.values()].find(({ isRead, finishedSeconds }) => isRead && finishedSeconds);
    const deadline = performance.now() + LIVE_TIMEOUT_MS;
    while (!findRead() && performance.now() < deadline) await page.waitForTimeout(50);
    const read = findRead();
    const start = [...transfers.values()].find(({ type }) => type === 'Document');
    if (!read?.finishedSeconds || !start || paintSeconds === undefined) {
      throw new BenchmarkError('APP', 'The page did not read the chain by itself.', {
        nextStep: 'Open it in a browser and look at the requests to /api/rpc.',
      });
    }
    await page.waitForTimeout(SETTLE_MS);
    const sinceStartMs = (seconds: number): number => (seconds - start.atSeconds) * 1_000;
    const scripts = [...transfers.values()]
      .filter(({ type, url: from }) => type === 'Script' || /\.m?js($|\?)/.test(from))
      .sort((a, b) => a.atSeconds - b.atSeconds);
    return {
      scripts: await Promise.all(
        scripts.map(async (transfer) => ({
          name: nameOf(transfer.url),
          content: describeChunk(await (await fetch(transfer.url)).text()),
          bytes: transfer.bytes,
          rawBytes: transfer.rawBytes,
          requestedMs: sinceStartMs(transfer.atSeconds),
        })),
      ),
      documentBytes: start.bytes,
      firstPaintMs: sinceStartMs(paintSeconds),
      // Two frames, in which the answer is drawn.
      liveMs: sinceStartMs(read.finishedSeconds) + 34,
    };
  } finally {
    await browser.close();
  }
}
