import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, readPackagedPath } from './find-browser.mjs';
import { findFreePorts } from './ports.mjs';

// Prints, as JSON, what an end-to-end run needs before its configuration can be written: that cannot wait for anything, this can.
const [port, chainPort, controlPort] = await findFreePorts(3);
const browser = await findBrowser();
process.stdout.write(
  JSON.stringify({
    PORT: String(port),
    BALLAST_CHAIN_PORT: String(chainPort),
    BALLAST_DEVNET_PORT: String(controlPort),
    // A storage of its own, which nothing of before is in.
    BALLAST_DATA_DIR: mkdtempSync(join(tmpdir(), 'ballast-e2e-')),
    // Receivers of the tests listen on this machine.
    BALLAST_WEBHOOK_ALLOW: '127.0.0.1',
    BALLAST_DEVNET_TOKEN: randomBytes(24).toString('hex'),
    ...(browser && { CHROMIUM_PATH: browser.path }),
    BALLAST_PACKAGED_CHROMIUM: (await readPackagedPath()) ?? '',
  }),
);
