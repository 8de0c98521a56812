import { listSlowFirings, type MachineEvent } from '@/lib/triggers/testing/slow-model';
import { toMachineRule } from '@/lib/triggers/to-machine-rule';
import type { Truth } from '@/lib/triggers/truth';
import { namePosition } from '@/lib/watch/plan-subjects';
import { nameOwner, type ScriptedChain, type ScriptedPrices, TRIGGERS } from './scripted-chain';

/** One message as a receiver sees it, its key apart. */
export interface Told {
  readonly channel: string;
  readonly trigger: string;
  readonly subject: string;
  /** ISO 8601. */
  readonly at: string;
}

interface Watched {
  readonly trigger: string;
  /** Which of the chain's positions it is about; an asset is told by its name. */
  readonly subject: number | string;
  readonly isMet: (prices: ScriptedPrices) => boolean;
  readonly isStill: (prices: ScriptedPrices) => boolean;
}

// By hand, in plain numbers: prices are whole dollars, so that no figure comes within a millionth of a level.
/** 83 % of 10 ETH over 20,000. */
const alice = ({ eth }: ScriptedPrices): number => (0.83 * 10 * eth) / 20_000;
/** 78 % of 1 BTC over 40,000, and 86 % of 10 wstETH over 20,000. */
const [bobOnAave, bobOnMorpho] = [
  ({ btc }: ScriptedPrices): number => (0.78 * btc) / 40_000,
  ({ eth }: ScriptedPrices): number => (0.86 * 10 * eth) / 20_000,
];
/** 83 % of 2 ETH and 78 % of 0.1 BTC over 7,000. */
const carol = ({ eth, btc }: ScriptedPrices): number => (0.83 * 2 * eth + 0.78 * 0.1 * btc) / 7_000;
const loanToValue = ({ eth }: ScriptedPrices): number => 20_000 / (10 * eth);

const onLevel = (trigger: string, subject: number | string, isMet: Watched['isMet']): Watched => ({
  trigger,
  subject,
  isMet,
  isStill: isMet,
});

const WATCHED: readonly Watched[] = [
  { trigger: 'single', subject: 0, isMet: (now) => alice(now) < 1.1, isStill: (now) => alice(now) < 1.2 },
  onLevel('dwell', 1, (now) => bobOnAave(now) < 1.1),
  onLevel('dwell', 2, (now) => bobOnMorpho(now) < 1.1),
  {
    trigger: 'cooling',
    subject: 3,
    isMet: (now) => carol(now) < 1.200001 || now.btc < 55_000.5,
    isStill: (now) => carol(now) < 1.200001 || now.btc < 56_000.5,
  },
  {
    trigger: 'both',
    subject: 0,
    isMet: (now) => alice(now) < 1.15 && loanToValue(now) > 0.7,
    isStill: (now) => alice(now) < 1.18 && loanToValue(now) > 0.7,
  },
  onLevel('asset', 'WETH', ({ eth }) => eth > 3_050.5),
];

const toTruth = (holds: boolean): Truth => (holds ? 'true' : 'false');

function listEvents(chain: ScriptedChain, last: number, { isMet, isStill }: Watched): readonly MachineEvent[] {
  return Array.from({ length: last }, (_, index): MachineEvent => {
    const number = index + 1;
    const prices = chain.pricesAt(number);
    const [met, still] = [toTruth(isMet(prices)), toTruth(isStill(prices))];
    return {
      type: 'observation',
      observation: { sequence: number, atMs: chain.timeOf(number), met, still, isTick: true },
    };
  });
}

/** Every message that the blocks 1 to `last` call for, by the slow model: each block is one look. */
export function listExpected(chain: ScriptedChain, last: number): readonly Told[] {
  return WATCHED.flatMap((watched) => {
    const trigger = TRIGGERS[watched.trigger];
    const position = chain.positionsAt(1)[Number(watched.subject)];
    const subject = position ? namePosition(position, { nameOwner }) : String(watched.subject);
    if (!trigger) return [];
    const fired = listSlowFirings(listEvents(chain, last, watched), toMachineRule(trigger));
    return fired.flatMap((number) =>
      trigger.channels.map((channel) => ({
        channel,
        trigger: watched.trigger,
        subject,
        at: new Date(chain.timeOf(number)).toISOString(),
      })),
    );
  });
}
