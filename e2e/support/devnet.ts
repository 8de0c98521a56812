import type { Deployment } from '@/lib/devnet/deploy/deployment';
import type { DevnetState } from '@/lib/devnet/devnet-state';
import type { OpenedAccount } from '@/lib/devnet/open-demo-accounts';
import type { AssetSymbol } from '@/lib/devnet/parameters';
import { findListeningPid } from './processes';

/** What the control server tells of the chain the launcher started for this run. */
export interface DevnetDeployment {
  readonly deployment: Deployment;
  readonly genesisHash: string;
  readonly env: Readonly<Record<string, string>>;
  readonly accounts: readonly OpenedAccount[];
}

type Control =
  | { readonly action: 'pause' | 'resume' }
  | { readonly action: 'speed'; readonly value: number }
  | { readonly action: 'pass'; readonly seconds: number }
  | { readonly action: 'shock'; readonly asset: string; readonly dropBps: number; readonly overSeconds: number }
  | { readonly action: 'liquidator'; readonly on: boolean }
  | { readonly action: 'price'; readonly asset: string; readonly price: string }
  | {
      readonly action: 'feed';
      readonly asset: string;
      readonly stop: boolean;
      readonly target: 'market' | 'oracle';
    }
  | { readonly action: 'oracle'; readonly asset: string; readonly answer: string };

export class DevnetControl {
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly chainPort: number,
  ) {}

  readonly rpcUrl = () => `http://127.0.0.1:${this.chainPort}`;

  state(): Promise<DevnetState> {
    return this.get('/state');
  }

  deployment(): Promise<DevnetDeployment> {
    return this.get('/deployment');
  }

  /** The key that the control server and the app know an asset by, from its symbol here. */
  async assetId(symbol: AssetSymbol): Promise<string> {
    const { deployment } = await this.deployment();
    const asset = deployment.assets.find((candidate) => candidate.symbol === symbol);
    if (asset === undefined) throw new Error(`The local chain has no ${symbol}`);
    return `eip155:${deployment.chainId}/erc20:${asset.address.toLowerCase()}`;
  }

  async control(body: Control): Promise<void> {
    const response = await fetch(`${this.url}/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-ballast-token': this.token },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${body.action}: ${response.status} ${await response.text()}`);
  }

  /** Everything as at the start: feeds and keeper run, the market moves at its own pace, nobody liquidates. */
  async restore(): Promise<void> {
    await this.control({ action: 'feed', asset: 'all', stop: false, target: 'market' });
    await this.control({ action: 'feed', asset: 'all', stop: false, target: 'oracle' });
    await this.control({ action: 'speed', value: 1 });
    await this.control({ action: 'resume' });
    await this.control({ action: 'liquidator', on: false });
  }

  /** Sends a signal to the chain's node itself: SIGKILL ends it, SIGSTOP leaves it there without an answer, SIGCONT wakes it. */
  signalChain(signal: NodeJS.Signals): void {
    process.kill(readListeningPid(this.chainPort), signal);
  }

  private async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as T;
  }
}

/** @returns the control client of this run's launcher, by the environment that playwright.config.ts chose */
export function createDevnetControl(env: NodeJS.ProcessEnv = process.env): DevnetControl {
  const { BALLAST_DEVNET_PORT, BALLAST_DEVNET_TOKEN, BALLAST_CHAIN_PORT } = env;
  if (BALLAST_DEVNET_PORT === undefined || BALLAST_DEVNET_TOKEN === undefined || BALLAST_CHAIN_PORT === undefined) {
    throw new Error('Run the end-to-end tests through Playwright: npm run test:e2e');
  }
  return new DevnetControl(`http://127.0.0.1:${BALLAST_DEVNET_PORT}`, BALLAST_DEVNET_TOKEN, Number(BALLAST_CHAIN_PORT));
}

function readListeningPid(port: number): number {
  const pid = findListeningPid(port);
  if (pid === undefined) throw new Error(`Nothing listens on port ${port} that lsof or ss could name`);
  return pid;
}
