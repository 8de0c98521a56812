import { type Abi, type Address, encodeFunctionData, type Hex, type PublicClient } from 'viem';
import { findAsset } from '@/lib/devnet/deploy/deployment';
import { type AssetSymbol, findReserve, RESERVES } from '@/lib/devnet/parameters';
import type { TestChain } from '@/lib/devnet/testing';
import type { BlockRef, ChainConfig, ChainIdentity } from '@/lib/domain/chain';
import { RAY, tokenAmount } from '@/lib/units/fixed';
import { mulDivDown, mulDivUp } from '@/lib/units/rounding';
import { between, powerOfTen, type Random, scale } from '../random-draws';
import { readMany } from '../read-many';
import type { AaveMarket } from './market-config';
import { aaveV3Reader } from './read';
import { toScaledDown, toScaledUp } from './scaled-amounts';
import type { AaveReserve } from './state';

/** Random Aave accounts on a test chain, for chain tests: all state by real transactions, all choices from one seed. */

const draw = <T>(random: Random, items: readonly T[]): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('There is nothing to draw from.');
  return item;
};

/** Some items, in random order, `count` or as many as there are. */
function drawSome<T>(random: Random, items: readonly T[], count: number): readonly T[] {
  const left = [...items];
  const drawn: T[] = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  return drawn;
}

const MAX_UINT256 = 2n ** 256n - 1n;
const NINETY_DAYS = 90 * 86_400;
/** Room for many accounts in one transaction. */
const BULK_GAS = 900_000_000n;
const SYMBOLS = RESERVES.map(({ symbol }) => symbol);
const BORROWABLE = RESERVES.filter(({ borrowingEnabled }) => borrowingEnabled).map(({ symbol }) => symbol);
const STABLE: readonly AssetSymbol[] = ['USDC', 'USDT', 'DAI'];
const VOLATILE: readonly AssetSymbol[] = ['WETH', 'WBTC', 'LINK', 'wstETH', 'weETH'];
const COMMON: readonly AssetSymbol[] = SYMBOLS.filter((symbol) => symbol !== 'XAUt');

export interface AaveBench {
  readonly chain: TestChain;
  readonly config: ChainConfig;
  readonly client: PublicClient;
  readonly identity: ChainIdentity;
  readonly market: AaveMarket;
  /** Lends to the whole pool and borrows from it, so that rates are not nil. */
  readonly whale: Address;
}

interface PoolCall {
  readonly functionName: string;
  readonly args: readonly unknown[];
}

const token = (chain: TestChain, symbol: AssetSymbol): Address => findAsset(chain.deployment, symbol).address;
const unitOf = (symbol: AssetSymbol): bigint => 10n ** BigInt(findReserve(symbol).decimals);

const encodePool = (chain: TestChain, { functionName, args }: PoolCall): Hex =>
  encodeFunctionData({ abi: chain.artifacts.PoolInstance.abi, functionName, args: [...args] });

/** Many calls in one transaction, from Multicall3's own address, which holds the tokens that are supplied. */
async function bundle(
  chain: TestChain,
  calls: readonly { readonly target: Address; readonly callData: Hex }[],
): Promise<void> {
  const abi = [
    {
      type: 'function',
      name: 'aggregate3',
      stateMutability: 'payable',
      inputs: [
        {
          name: 'calls',
          type: 'tuple[]',
          components: [
            { name: 'target', type: 'address' },
            { name: 'allowFailure', type: 'bool' },
            { name: 'callData', type: 'bytes' },
          ],
        },
      ],
      outputs: [],
    },
  ] as const satisfies Abi;
  await chain.operator.write(
    chain.roles.deployer,
    {
      address: chain.deployment.multicall3,
      abi,
      functionName: 'aggregate3',
      args: [calls.map((call) => ({ ...call, allowFailure: true }))],
    },
    BULK_GAS,
  );
}

/** Each account's transactions in order, accounts side by side; a transaction that reverts is left at that. */
async function sendAll(
  chain: TestChain,
  plans: readonly { readonly owner: Address; readonly calls: readonly PoolCall[] }[],
): Promise<void> {
  const queue = [...plans];
  const work = async (): Promise<void> => {
    for (let plan = queue.shift(); plan; plan = queue.shift()) {
      for (const call of plan.calls) {
        const data = encodePool(chain, call);
        const hash = await chain.operator.submit({ from: plan.owner, to: chain.deployment.aave.pool, data });
        await chain.operator.waitForReceipt(hash);
      }
    }
  };
  await Promise.all(Array.from({ length: 12 }, work));
}

/** Configuration of the pool, by its admin. */
export const configure = (chain: TestChain, functionName: string, ...args: readonly unknown[]) =>
  chain.operator.write(chain.roles.deployer, {
    address: chain.deployment.aave.poolConfigurator,
    abi: chain.artifacts.PoolConfiguratorInstance.abi,
    functionName,
    args,
  });

/** A pool without caps, with plenty to borrow (`tokens` of each asset) and a whale that has borrowed more than half of it. */
export async function openBench(chain: TestChain, tokens = 10n ** 12n): Promise<AaveBench> {
  const { deployment } = chain;
  const whale = chain.newAddress(999_999);
  for (const symbol of SYMBOLS) {
    await configure(chain, 'setSupplyCap', token(chain, symbol), 0n);
    await configure(chain, 'setBorrowCap', token(chain, symbol), 0n);
    await chain.mint(symbol, deployment.multicall3, 10n ** 15n * unitOf(symbol));
  }
  await configure(chain, 'setDebtCeiling', token(chain, 'XAUt'), 10n ** 12n);
  await bundle(
    chain,
    SYMBOLS.map((symbol) => ({
      target: token(chain, symbol),
      callData: encodeFunctionData({
        abi: chain.artifacts.TestnetERC20.abi,
        functionName: 'approve',
        args: [deployment.aave.pool, MAX_UINT256],
      }),
    })),
  );
  const lent = (symbol: AssetSymbol): bigint => tokens * unitOf(symbol);
  await bundle(
    chain,
    BORROWABLE.map((symbol) => ({
      target: deployment.aave.pool,
      callData: encodePool(chain, { functionName: 'supply', args: [token(chain, symbol), lent(symbol), whale, 0] }),
    })),
  );
  for (const [index, symbol] of BORROWABLE.entries()) {
    const share = 0.45 + 0.02 * index;
    await chain.borrowAave(whale, symbol, scale(lent(symbol), share));
  }
  const config: ChainConfig = {
    chainId: deployment.chainId,
    name: 'Test chain',
    multicall3: deployment.multicall3,
    stalledAfterMs: 4_000,
    aave: deployment.aave,
  };
  const client = chain.client as unknown as PublicClient;
  const market = await aaveV3Reader.readMarket(client, config);
  if (!market) throw new Error('The configuration names Aave.');
  const genesis = await chain.client.getBlock({ blockNumber: 0n });
  return { chain, config, client, market, whale, identity: { chainId: deployment.chainId, genesisHash: genesis.hash } };
}

export async function readBlock(chain: TestChain): Promise<BlockRef> {
  const { number, hash, timestamp } = await chain.client.getBlock();
  return { number, hash, timestampSeconds: Number(timestamp) };
}

/** The product's reader: one round at a block, the newest where none is given. */
export async function readAccounts(bench: AaveBench, owners: readonly Address[], market = bench.market) {
  const block = await readBlock(bench.chain);
  const reads = aaveV3Reader.planReads(market, owners);
  const answers = await readMany(bench.client, bench.config.multicall3, reads, block);
  return { block, ...aaveV3Reader.decode(market, owners, answers, { identity: bench.identity, block }) };
}

/** A reserve's totals with a second's interest more: they are read as balances, of which the contract keeps what they are without interest. */
const accrueTotals = (later: AaveReserve, { totalSupplied, totalBorrowed, ...read }: AaveReserve): AaveReserve => ({
  ...later,
  totalSupplied: tokenAmount(
    mulDivDown(toScaledUp(totalSupplied ?? 0n, read.normalizedIncome), later.normalizedIncome, RAY),
  ),
  totalBorrowed: tokenAmount(
    mulDivUp(toScaledDown(totalBorrowed ?? 0n, read.normalizedDebt), later.normalizedDebt, RAY),
  ),
});

/**
 * One account as the product reads it at the latest block, and as it will be a second later, when the next transaction is mined; beside it
 * the reserves of `beside`'s, too, at both times.
 */
export async function readNowAndNext(bench: AaveBench, owner: Address, beside: readonly Address[] = []) {
  const block = await readBlock(bench.chain);
  const owners = [owner, ...beside];
  const answers = await readMany(
    bench.client,
    bench.config.multicall3,
    aaveV3Reader.planReads(bench.market, owners),
    block,
  );
  const readAt = (timestampSeconds: number) => {
    const context = { identity: bench.identity, block: { ...block, timestampSeconds } };
    const { owners: found } = aaveV3Reader.decode(bench.market, owners, answers, context);
    const reserves = new Map(
      found.flatMap(({ positions }) => positions[0]?.holdings ?? []).map(({ reserve }) => [reserve.id, reserve]),
    );
    return { position: found[0]?.positions[0], reserves };
  };
  const [now, later] = [readAt(block.timestampSeconds), readAt(block.timestampSeconds + 1)];
  const accrue = (reserve: AaveReserve) => accrueTotals(reserve, now.reserves.get(reserve.id) ?? reserve);
  return {
    block,
    now: { position: now.position, market: [...now.reserves.values()] },
    next: {
      position: later.position && {
        ...later.position,
        holdings: later.position.holdings.map((holding) => ({ ...holding, reserve: accrue(holding.reserve) })),
      },
      market: [...later.reserves.values()].map(accrue),
    },
  };
}

/** What the contract itself says of each owner, at a block. */
export async function readAccountData(bench: AaveBench, owners: readonly Address[], block: BlockRef) {
  const answers = await readMany(
    bench.client,
    bench.config.multicall3,
    owners.map((owner) => ({
      address: bench.chain.deployment.aave.pool,
      abi: bench.chain.artifacts.PoolInstance.abi,
      functionName: 'getUserAccountData',
      args: [owner],
    })),
    block,
  );
  return answers.map((answer) => (answer.ok ? (answer.value as readonly bigint[]) : undefined));
}

type Kind =
  | 'common'
  | 'noDebt'
  | 'ethMode'
  | 'stableMode'
  | 'isolated'
  | 'bothSides'
  | 'switchedOff'
  | 'dust'
  | 'short';

const KINDS: readonly Kind[] = [
  ...(['common', 'common', 'common', 'ethMode', 'ethMode', 'stableMode', 'isolated', 'isolated'] as const),
  ...(['bothSides', 'bothSides', 'bothSides', 'switchedOff', 'dust', 'dust', 'short', 'short', 'noDebt'] as const),
];

interface AccountPlan {
  readonly owner: Address;
  readonly eMode: number;
  readonly supplies: readonly (readonly [AssetSymbol, bigint])[];
  readonly toggles: readonly (readonly [AssetSymbol, boolean])[];
  /** Supplied after the toggles: beside an isolated collateral they do not count. */
  readonly later: readonly (readonly [AssetSymbol, bigint])[];
  readonly debts: readonly AssetSymbol[];
  /** Part of what may be borrowed. */
  readonly usage: number;
}

export interface RoundPlan {
  /** Ordinary prices, borrowed to the limit, then a fall of all but stablecoins: health factors about 1. */
  readonly tight: boolean;
  readonly accounts: number;
  /** Worth of one supply, base currency, as powers of ten; 10 to a million dollars where it is left out. */
  readonly worth?: readonly [low: number, high: number];
}

function planAccount(
  random: Random,
  plan: RoundPlan,
  owner: Address,
  prices: ReadonlyMap<AssetSymbol, bigint>,
): AccountPlan {
  const kind = plan.tight ? draw(random, ['common', 'ethMode', 'isolated', 'bothSides'] as const) : draw(random, KINDS);
  const amountOf = (symbol: AssetSymbol): bigint => {
    if (kind === 'dust') return powerOfTen(random, 0, findReserve(symbol).decimals === 18 ? 13 : 4) + 1n;
    const [low, high] = plan.worth ?? [9, 14];
    const dollars = powerOfTen(random, low, kind === 'isolated' ? Math.min(high, 11.5) : high);
    return (dollars * unitOf(symbol)) / (prices.get(symbol) ?? 1n) + 1n;
  };
  const supply = (symbols: readonly AssetSymbol[]) => symbols.map((symbol) => [symbol, amountOf(symbol)] as const);
  const some = (symbols: readonly AssetSymbol[], most: number) =>
    drawSome(random, symbols, 1 + Math.floor(random() * most));
  const usage = plan.tight ? between(random, 0.985, 0.9999) : between(random, 0.2, 0.995);
  const base = { owner, eMode: 0, toggles: [], later: [], usage } as const;
  const falling: readonly AssetSymbol[] = ['WETH', 'wstETH', 'weETH'];
  switch (kind) {
    case 'common':
      return {
        ...base,
        supplies: supply(some(plan.tight ? falling : COMMON, 4)),
        debts: some(plan.tight ? STABLE : BORROWABLE, 3),
      };
    case 'dust':
      return { ...base, supplies: supply(some(COMMON, 3)), debts: some(BORROWABLE, 2) };
    case 'noDebt':
      return { ...base, supplies: supply(some(COMMON, 3)), debts: [] };
    case 'ethMode':
      return {
        ...base,
        eMode: 1,
        supplies: supply([...some(falling, 2), ...(random() < 0.3 ? some(['WBTC', 'LINK', 'USDC'], 1) : [])]),
        debts: ['WETH'],
      };
    case 'stableMode':
      return {
        ...base,
        eMode: 2,
        supplies: supply([...some(['USDe', 'sUSDe'], 2), ...(random() < 0.3 ? some(['WETH', 'DAI'], 1) : [])]),
        debts: some(['USDC', 'USDT'], 2),
      };
    case 'isolated':
      return {
        ...base,
        supplies: supply(['XAUt']),
        toggles: [['XAUt', true]],
        later: random() < 0.4 ? supply(some(['WETH', 'USDC'], 2)) : [],
        debts: some(STABLE, 3),
      };
    case 'bothSides': {
      const both = plan.tight ? draw(random, falling) : draw(random, BORROWABLE);
      const others = some(plan.tight ? falling : COMMON, 2).filter((symbol) => symbol !== both);
      return {
        ...base,
        supplies: supply([both, ...others]),
        debts: [both, ...some(STABLE, 2).filter((symbol) => symbol !== both)],
      };
    }
    case 'switchedOff': {
      const supplies = supply(drawSome(random, COMMON, 3));
      const [first] = supplies;
      return {
        ...base,
        supplies,
        toggles: first ? [[first[0], false]] : [],
        debts: some(BORROWABLE, 2),
      };
    }
    case 'short':
      return { ...base, supplies: supply(some([...STABLE, 'USDe'], 2)), debts: some(VOLATILE, 2) };
  }
}

export interface PlayedRound {
  readonly owners: readonly Address[];
  readonly elapsedSeconds: number;
  readonly prices: readonly bigint[];
}

async function openAccounts(
  bench: AaveBench,
  random: Random,
  plans: readonly AccountPlan[],
  prices: ReadonlyMap<AssetSymbol, bigint>,
) {
  const { chain } = bench;
  const { pool } = chain.deployment.aave;
  const supplyAll = (pick: (plan: AccountPlan) => AccountPlan['supplies']) =>
    bundle(
      chain,
      plans.flatMap((plan) =>
        pick(plan).map(([symbol, amount]) => ({
          target: pool,
          callData: encodePool(chain, { functionName: 'supply', args: [token(chain, symbol), amount, plan.owner, 0] }),
        })),
      ),
    );
  const modes = plans.filter(({ eMode }) => eMode !== 0);
  await sendAll(
    chain,
    modes.map(({ owner, eMode }) => ({ owner, calls: [{ functionName: 'setUserEMode', args: [eMode] }] })),
  );
  await supplyAll(({ supplies }) => supplies);
  await sendAll(
    chain,
    plans.map(({ owner, toggles }) => ({
      owner,
      calls: toggles.map(([symbol, on]) => ({
        functionName: 'setUserUseReserveAsCollateral',
        args: [token(chain, symbol), on],
      })),
    })),
  );
  await supplyAll(({ later }) => later);
  const data = await readAccountData(
    bench,
    plans.map(({ owner }) => owner),
    await readBlock(chain),
  );
  await sendAll(
    chain,
    plans.map(({ owner, debts, usage }, index) => {
      const weights = debts.map(() => between(random, 0.1, 1));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const available = data[index]?.[2] ?? 0n;
      return {
        owner,
        calls: debts.flatMap((symbol, leg) => {
          const worth = scale(available, (usage * (weights[leg] ?? 0)) / total);
          const amount = (worth * unitOf(symbol)) / (prices.get(symbol) ?? 1n);
          return amount > 0n ? [{ functionName: 'borrow', args: [token(chain, symbol), amount, 2n, 0, owner] }] : [];
        }),
      };
    }),
  );
}

/**
 * Plays one round on the chain: prices over six orders of magnitude, accounts of every kind opened by real transactions, time passed,
 * prices moved.
 */
export async function playRound(
  bench: AaveBench,
  random: Random,
  plan: RoundPlan,
  firstAddress: number,
): Promise<PlayedRound> {
  const { chain } = bench;
  const prices = new Map<AssetSymbol, bigint>();
  const seen: bigint[] = [];
  const setPrice = async (symbol: AssetSymbol, answer: bigint): Promise<void> => {
    prices.set(symbol, answer > 0n ? answer : 1n);
    seen.push(answer);
    await chain.setPrice(symbol, answer > 0n ? answer : 1n);
  };
  for (const symbol of SYMBOLS) {
    const { initialAnswer } = findReserve(symbol);
    await setPrice(symbol, plan.tight ? initialAnswer : (initialAnswer * powerOfTen(random, 9, 15)) / 10n ** 12n);
  }
  const plans = Array.from({ length: plan.accounts }, (_, index) =>
    planAccount(random, plan, chain.newAddress(firstAddress + index), prices),
  );
  await openAccounts(bench, random, plans, prices);

  const elapsedSeconds = Math.floor(plan.tight ? between(random, 60, 3_600) : between(random, 0, NINETY_DAYS));
  await chain.warp(elapsedSeconds);
  const fall = between(random, 0.955, 0.985);
  for (const symbol of SYMBOLS) {
    const before = prices.get(symbol) ?? 1n;
    if (!plan.tight) await setPrice(symbol, scale(before, between(random, 0.6, 1.3)));
    else if (!STABLE.includes(symbol)) await setPrice(symbol, scale(before, fall));
  }
  return { owners: plans.map(({ owner }) => owner), elapsedSeconds, prices: seen };
}
