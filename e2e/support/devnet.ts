import { execFileSync } from 'node:child_process';

/** The simulated market's and the local chain's control server, as the launcher started it for this run. */
export interface DevnetState {
  readonly chain: {
    readonly status: string;
    readonly restarts: number;
    readonly genesisHash: string;
    readonly block: unknown;
  };
  readonly market: { readonly seed: number; readonly speed: number; readonly paused: boolean; readonly timeMs: number };
  readonly liquidator: { readonly on: boolean };
}

export interface DevnetAccount {
  readonly address: `0x${string}`;
  readonly label: string;
  readonly situation: string;
}

interface DevnetAsset {
  readonly symbol: string;
  readonly address: `0x${string}`;
  readonly decimals: number;
  readonly feed: `0x${string}`;
}

export interface DevnetDeployment {
  readonly deployment: { readonly chainId: number; readonly assets: readonly DevnetAsset[] };
  readonly genesisHash: string;
  readonly accounts: readonly DevnetAccount[];
}

type Control =
  | { readonly action: 'pause' | 'resume' }
  | { readonly action: 'speed'; readonly value: number }
  | { readonly action: 'shock'; readonly asset: string; readonly dropBps: number; readonly overSeconds: number }
  | { readonly action: 'liquidator'; readonly on: boolean }
  | { readonly action: 'price'; readonly asset: string; readonly price: string }
  | { readonly action: 'feed'; readonly asset: string; readonly stop: boolean }
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
  async assetId(symbol: string): Promise<string> {
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
  const run = (command: string, args: readonly string[]): string => {
    try {
      return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    } catch {
      return '';
    }
  };
  const pid =
    /^(\d+)$/m.exec(run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t']))?.[1] ??
    /pid=(\d+)/.exec(run('ss', ['-Hltnp', `sport = :${port}`]))?.[1];
  if (pid === undefined) throw new Error(`Nothing listens on port ${port} that lsof or ss could name`);
  return Number(pid);
}
