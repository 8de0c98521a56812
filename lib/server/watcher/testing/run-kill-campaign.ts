import { spawn } from 'node:child_process';
import type { StorageEnv } from '@/lib/config/storage-env';
import { between, createRandom, type Random } from '@/lib/venues/random-draws';
import { bundleProgram } from '@/scripts/lib/bundle-program.mjs';
import { AlertReceiver } from './alert-receiver';
import { type Comparison, compareTold } from './compare-told';
import { listExpected } from './list-expected';
import { ScriptedChain } from './scripted-chain';
import type { WatchOrders } from './watch-until-killed';

const PROGRAM = 'lib/server/watcher/testing/watch-until-killed.ts';
const SECRET = 'the-secret-of-the-campaign';
/** As long as a start takes, more or less. */
const WITHIN_START_MS = 1_000;
const WITHIN_RUN_MS = 250;
/** About as long as looking at a block and recording what fired takes. */
const WITHIN_BLOCK_MS = 20;
const BLOCK_EVERY_MS = [20, 70] as const;
const MOST_BLOCKS_AWAY = 4;
/** What was to be waited for did not come: then it is killed all the same. */
const PATIENCE_MS = 20_000;
const DRY_WITHIN_MS = 120_000;
/** More than a message is leased for. */
const BETWEEN_STARTS_MS = 61_000;

/**
 * When a process is killed: while it starts and replays; some time after it is armed; just after a block came; by itself after a commit and
 * before anything is sent; once the receiver has read a message and not answered; once it has answered, before that is settled.
 */
const MOMENTS = ['start', 'run', 'block', 'recorded', 'read', 'answered'] as const;
type Moment = (typeof MOMENTS)[number];

export interface KillCampaign extends Comparison {
  readonly kills: Readonly<Record<Moment, number>>;
  readonly blocks: number;
  readonly posts: number;
  readonly unbelievable: number;
}

export interface KillCampaignOptions {
  readonly env: StorageEnv;
  readonly kills: number;
  readonly seed: number;
  readonly report?: (line: string) => void;
}

class Campaign {
  private readonly random: Random;
  private readonly chain: ScriptedChain;
  readonly receiver: AlertReceiver;
  private height = 1;
  private starts = 0;
  private readonly counts = Object.fromEntries(MOMENTS.map((moment) => [moment, 0])) as Record<Moment, number>;

  constructor(
    private readonly options: KillCampaignOptions,
    private readonly program: string,
  ) {
    this.random = createRandom(options.seed);
    this.chain = new ScriptedChain(options.seed);
    this.receiver = new AlertReceiver(SECRET, createRandom(options.seed + 1));
  }

  /** Watches the first block, so that all that come after it are looked at. */
  async begin(): Promise<void> {
    const child = this.start({ isFirst: true });
    const [code] = await child.ended;
    if (code !== 0) throw new Error(`The first start ended with ${code}.`);
  }

  async kill(): Promise<void> {
    const moment = MOMENTS[this.starts % MOMENTS.length] ?? 'run';
    const child = this.start({ killAtRecorded: moment === 'recorded' ? 1 + Math.floor(this.random() * 3) : 0 });
    const stopMining = this.mine(child);
    const giveUp = setTimeout(() => child.process.kill('SIGKILL'), PATIENCE_MS);
    this.planKill(moment, child);
    const [, signal] = await child.ended;
    clearTimeout(giveUp);
    stopMining();
    this.receiver.onPost = () => {};
    if (signal !== 'SIGKILL') throw new Error('The watcher ended by itself.');
    this.counts[moment] += 1;
    // More often than not none: then the next process finds the block that this one has seen.
    this.height += Math.max(0, Math.ceil((2 * this.random() - 1) * MOST_BLOCKS_AWAY));
  }

  /** Lets a last process look at, record and send whatever is left. */
  async runDry(): Promise<void> {
    this.receiver.isWell = true;
    const child = this.start({ isLast: true });
    const giveUp = setTimeout(() => child.process.kill('SIGKILL'), DRY_WITHIN_MS);
    await child.hears('dry');
    clearTimeout(giveUp);
    child.process.kill('SIGKILL');
    await child.ended;
  }

  compare(): KillCampaign {
    const { alerts, posts, unbelievable } = this.receiver;
    const comparison = compareTold(listExpected(this.chain, this.height), alerts);
    return { kills: this.counts, blocks: this.height, posts, unbelievable, ...comparison };
  }

  private start(given: Partial<WatchOrders>) {
    const { env, seed } = this.options;
    this.starts += 1;
    const orders: WatchOrders = {
      env,
      seed,
      height: this.height,
      url: this.receiver.url.replace(/\/$/, ''),
      secret: SECRET,
      aheadMs: this.starts * BETWEEN_STARTS_MS,
      isFirst: false,
      killAtRecorded: 0,
      isLast: false,
      ...given,
    };
    // To optimise the embedded database's code takes longer than these processes live.
    const child = spawn(process.execPath, ['--liftoff-only', this.program, JSON.stringify(orders)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ended = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve([code, signal]));
    });
    const hears = (word: string) =>
      new Promise<void>((resolve, reject) => {
        child.on('message', (said) => said === word && resolve());
        void ended.then(() => reject(new Error(`The watcher ended before it was ${word}.`)));
      });
    return { process: child, ended, hears };
  }

  /** A block comes while it starts, every other time, and one after the other once it is armed. */
  private mine(child: ReturnType<Campaign['start']>): () => void {
    const rise = () => {
      this.height += 1;
      if (child.process.connected) child.process.send(this.height, () => {});
    };
    const again = () => {
      rise();
      timer = setTimeout(again, between(this.random, ...BLOCK_EVERY_MS));
    };
    const isCalm = this.random() < 0.5;
    let timer = isCalm ? undefined : setTimeout(rise, this.random() * WITHIN_START_MS);
    void child.hears('armed').then(again, () => {});
    return () => clearTimeout(timer);
  }

  private planKill(moment: Moment, child: ReturnType<Campaign['start']>): void {
    const kill = () => void child.process.kill('SIGKILL');
    const killWithin = (mostMs: number) => void setTimeout(kill, this.random() * mostMs);
    if (moment === 'start') killWithin(WITHIN_START_MS);
    if (moment === 'run')
      void child.hears('armed').then(
        () => killWithin(WITHIN_RUN_MS),
        () => {},
      );
    if (moment === 'block')
      void child.hears('armed').then(
        () => killWithin(WITHIN_BLOCK_MS),
        () => {},
      );
    if (moment === 'read' || moment === 'answered') {
      let left = 1 + Math.floor(this.random() * 4);
      this.receiver.onPost = (at) => {
        if (at !== moment) return;
        left -= 1;
        if (left === 0) kill();
      };
    }
  }
}

/**
 * Kills a watcher (SIGKILL) again and again while it looks, records and sends, lets a last one run dry, and holds what a real webhook receiver was
 * sent against the slow model of every block that there was. Storage, watcher and delivery are the real ones, in a process of its own; the
 * chain under them is a scripted one (`ScriptedChain`), which goes on while nobody watches. Dwells are of ticks: one of seconds counts time
 * that somebody saw, which a killed process did not. Errors: a watcher that ends by itself.
 */
export async function runKillCampaign(options: KillCampaignOptions): Promise<KillCampaign> {
  const campaign = new Campaign(options, await bundleProgram(PROGRAM, { isServer: true }));
  await campaign.receiver.start();
  try {
    await campaign.begin();
    for (let kill = 1; kill <= options.kills; kill += 1) {
      await campaign.kill();
      if (kill % 10 === 0) options.report?.(`${kill} of ${options.kills} kills`);
    }
    await campaign.runDry();
    return campaign.compare();
  } finally {
    await campaign.receiver.stop();
  }
}
