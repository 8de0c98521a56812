import { policy } from '@/lib/config/policy';
import type { Address, Asset, AssetId } from '@/lib/domain/asset';
import { computeAssetFamily } from '@/lib/domain/asset-family';
import type { Evaluation, LiquidationPrice, LiquidationPrices } from '@/lib/domain/evaluation';
import { type Known, known, type UnknownReason, unknown } from '@/lib/domain/known';
import type { Leg, WatchedAccount } from '@/lib/domain/position';
import type { MarketPrice, OraclePrice, OracleWrite, PriceOverride } from '@/lib/domain/price';
import { formatJump } from '@/lib/format/format-jump';
import { computeOracleJump } from '@/lib/risk/oracle-jump';
import { computeOracleState, isOverdue } from '@/lib/risk/oracle-state';
import { computeRiskClass, type RiskClass, worseRiskClass } from '@/lib/risk/risk-class';
import { computeShockedAnswer, isWhatIfActive, type WhatIf } from '@/lib/scenarios/what-if';
import { toNumber } from '@/lib/units/decimal';
import { type BaseValue, BPS, baseValue, RAY } from '@/lib/units/fixed';
import { mulDivDown, mulDivUp } from '@/lib/units/rounding';
import { type Position, rulesOf } from '@/lib/venues/registry';
import type { LegFigure, MarketSource, NearestLiquidation, PositionRow, PriceFigure } from './position-row';
import { rankNearest } from './rank-nearest';

/** Everything around a position that its figures depend on. Wall-clock times are milliseconds. */
export interface RowContext {
  /** `undefined` while the chain can be seen; else why every figure is unknown. */
  readonly blind: UnknownReason | undefined;
  /** Time of the chain's latest block, against which oracle ages are measured. */
  readonly chainTimeSeconds: number;
  readonly marketPrices: ReadonlyMap<AssetId, MarketPrice>;
  /** The newest write of each feed with the answer it replaced, where they are known. */
  readonly latestWrites: ReadonlyMap<Address, OracleWrite>;
  readonly nowMs: number;
  readonly whatIf: WhatIf;
}

const MARKET_DECIMALS = 8;
const DAYS_A_YEAR = 365;
const BPS_NUMBER = 10_000;

const blindEvaluation = (reason: UnknownReason): Evaluation => {
  const figure: Known<never> = { known: false, reason };
  return {
    collateralValue: figure,
    debtValue: figure,
    idleValue: figure,
    ltv: figure,
    liquidationThreshold: figure,
    maxLtv: figure,
    collateralRatio: figure,
    healthFactor: figure,
    availableToBorrow: figure,
    liquidatable: figure,
  };
};

/** A market price in an oracle's decimals, floored; unknown when there is none or it is too old to be called live. */
function computeMarketAnswer(price: OraclePrice, asset: Asset, context: RowContext): Known<bigint> {
  const market = context.marketPrices.get(asset.id);
  if (!market) return unknown('market-price-missing', `No market price for ${asset.symbol}.`);
  if (context.nowMs - market.receivedAtMs > policy.market.lateAfterMs) {
    return unknown('market-price-missing', `The market price of ${asset.symbol} is no longer live.`);
  }
  return known(mulDivDown(market.answer, 10n ** BigInt(price.decimals), 10n ** BigInt(MARKET_DECIMALS)));
}

/** Where the market price comes from and how long ago it came, wall clock; `undefined` where there is none. */
function computeMarketSource(asset: Asset, context: RowContext): MarketSource | undefined {
  const market = context.marketPrices.get(asset.id);
  if (!market) return undefined;
  const { source, observedAtMs, receivedAtMs } = market;
  return { source, atMs: observedAtMs, ageSeconds: Math.max(0, context.nowMs - receivedAtMs) / 1000 };
}

const isPast = (answer: bigint, liquidation: LiquidationPrice | undefined): boolean =>
  liquidation?.exists === true &&
  (liquidation.direction === 'below' ? answer <= liquidation.answer : answer >= liquidation.answer);

/** Value of a leg: ⌊amount·price⌋ for collateral, ⌈amount·price⌉ for debt, 8 decimals whatever the oracle's. */
function computeLegValue(leg: Leg, answer: bigint | undefined): Known<BaseValue> {
  if (answer === undefined || answer <= 0n)
    return unknown('price-invalid', `The price of ${leg.asset.symbol} cannot be used.`);
  const scale = 10n ** BigInt(leg.asset.decimals + leg.price.decimals - MARKET_DECIMALS);
  const round = leg.side === 'collateral' ? mulDivDown : mulDivUp;
  return known(baseValue(round(leg.amount, answer, scale)));
}

/** The liquidation price of one asset alone that may be reached soonest; null where no asset alone can liquidate. */
function computeNearest(prices: LiquidationPrices, assets: ReadonlyMap<AssetId, Asset>): NearestLiquidation | null {
  const found = prices.alone.flatMap((price): NearestLiquidation[] => {
    const asset = assets.get(price.assetId);
    return price.exists && asset ? [{ ...price, asset }] : [];
  });
  return rankNearest(found)[0] ?? null;
}

/** Interest earned minus owed in a year, US dollars, and net worth: floats, for showing only. */
function computeCarry(legs: readonly LegFigure[]): Known<{ readonly yearlyUsd: number; readonly netUsd: number }> {
  let yearlyUsd = 0;
  let netUsd = 0;
  for (const { leg, value } of legs) {
    if (!value.known) return value;
    const usd = toNumber(value.value, MARKET_DECIMALS) * (leg.side === 'collateral' ? 1 : -1);
    yearlyUsd += usd * (Number(leg.yearlyRate) / Number(RAY));
    netUsd += usd;
  }
  return known({ yearlyUsd, netUsd });
}

/** The market stands where the oracle does, so that a jump of the oracle is the price's own. */
function isConfirmed(answer: bigint | undefined, market: Known<bigint>): boolean {
  if (answer === undefined || !market.known) return false;
  const difference = answer > market.value ? answer - market.value : market.value - answer;
  return difference * BPS <= answer * policy.oracle.jumpAgreementBps;
}

/** Oracle and market so far apart that one of them must be wrong: the policy's factor, up or down. */
function isAbsurd({ answer, marketAnswer }: PriceFigure): boolean {
  if (answer === undefined || !marketAnswer.known) return false;
  const factor = BigInt(policy.market.absurdFactor);
  return answer > marketAnswer.value * factor || marketAnswer.value > answer * factor;
}

/**
 * Class of a position: the oracle's; the worse of oracle and market where a price that counts is late, is of unknown age (an oracle that is
 * read as a whole and tells no dollar price of the asset), lies absurdly far from the market, or jumped so far from its own last answer. The
 * contract uses such a price, so its figure stays, but nobody is called safe by it alone, and nobody at all on the ground of a jump.
 */
function computeClass(
  evaluation: Evaluation,
  atMarket: Evaluation,
  prices: readonly PriceFigure[],
  counting: ReadonlySet<AssetId>,
): { readonly riskClass: RiskClass; readonly riskNote: string | undefined } {
  const oracleClass = computeRiskClass(evaluation);
  const counted = prices.filter(({ asset }) => counting.has(asset.id));
  const late = counted.filter(({ state }) => state === 'late');
  const untold = counted.filter(({ state, price, ageSeconds }) => state === 'missing' && isOverdue(price, ageSeconds));
  const jumped = counted.filter(({ jump }) => jump !== undefined);
  const absurd = counted.filter((figure) => !figure.jump && isAbsurd(figure));
  if (oracleClass === 'unknown') {
    const reason = [evaluation.healthFactor, evaluation.liquidatable].find((figure) => !figure.known);
    return { riskClass: 'unknown', riskNote: reason?.known === false ? reason.reason.text : undefined };
  }
  // Without debt no price can liquidate, so a doubtful one changes nothing.
  if (
    late.length + untold.length + jumped.length + absurd.length === 0 ||
    (evaluation.healthFactor.known && evaluation.healthFactor.value === null)
  ) {
    return { riskClass: oracleClass, riskNote: undefined };
  }
  const marketClass = computeRiskClass(atMarket);
  const worse = worseRiskClass(oracleClass, marketClass);
  const riskClass = jumped.length > 0 ? worseRiskClass(worse, 'watch') : worse;
  const doubts = (
    [
      [late, 'is late'],
      [untold, 'is late or of unknown age'],
      [absurd, `is more than ${policy.market.absurdFactor} times off the market`],
    ] as const
  ).flatMap(([figures, what]) =>
    figures.length === 0 ? [] : [`The oracle price of ${figures.map(({ asset }) => asset.symbol).join(', ')} ${what}`],
  );
  for (const { asset, jump } of jumped) {
    if (jump) doubts.push(`The oracle price of ${asset.symbol} ${formatJump(jump)}`);
  }
  const end =
    marketClass === 'unknown'
      ? ' and there is no live market price beside it.'
      : jumped.length > 0
        ? '; the class is the worse of oracle and market, and never safe until the market or another write confirms it.'
        : '; the class is the worse of oracle and market.';
  return { riskClass, riskNote: `${doubts.join('. ')}${end}` };
}

interface Standing {
  readonly evaluation: Evaluation;
  readonly liquidationPrices: Known<LiquidationPrices>;
}

/** By the position as it was read: a tick of the market changes nothing of it, and liquidation prices are most of a row's work. */
const standings = new WeakMap<Position, Standing & { readonly whatIf: WhatIf }>();

/** Figures at the contract's prices, shocked by the what-if; computed once for the same reading and what-if. */
function computeStanding(position: Position, override: PriceOverride | undefined, whatIf: WhatIf): Standing {
  const before = standings.get(position);
  if (before?.whatIf === whatIf) return before;
  const rules = rulesOf(position);
  const evaluation = rules.computeEvaluation(position, override);
  const liquidationPrices = evaluation.healthFactor.known
    ? known(rules.computeLiquidationPrices(position, override))
    : evaluation.healthFactor;
  const standing = { evaluation, liquidationPrices, whatIf };
  standings.set(position, standing);
  return standing;
}

/**
 * Every figure of one position at the contract's prices and at the market's, with the what-if applied to both. Pure: same input, same row.
 *
 * Units: values 8 decimals (US dollars), ratios 18 decimals, ages seconds of chain time. When the chain cannot be seen (`context.blind`)
 * every figure is unknown with that reason, whatever was read before.
 */
export function computePositionRow(position: Position, owner: WatchedAccount, context: RowContext): PositionRow {
  const rules = rulesOf(position);
  const legs = rules.listLegs(position);
  const assets = new Map(legs.map((leg) => [leg.asset.id, leg.asset]));
  const symbolOf = (price: OraclePrice) => assets.get(price.assetId) ?? { symbol: '' };

  const atOracle: PriceOverride = (price) =>
    price.problem !== undefined || price.answer === undefined
      ? undefined
      : computeShockedAnswer(price.answer, symbolOf(price), context.whatIf);
  const marketOverride: PriceOverride = (price) => {
    const asset = assets.get(price.assetId);
    const answer = asset && computeMarketAnswer(price, asset, context);
    return answer?.known ? computeShockedAnswer(answer.value, symbolOf(price), context.whatIf) : undefined;
  };

  const { blind } = context;
  const standing = blind
    ? { evaluation: blindEvaluation(blind), liquidationPrices: { known: false, reason: blind } as const }
    : computeStanding(position, isWhatIfActive(context.whatIf) ? atOracle : undefined, context.whatIf);
  const { evaluation, liquidationPrices } = standing;
  const atMarket = blind ? blindEvaluation(blind) : rules.computeEvaluation(position, marketOverride);
  const nearest: Known<NearestLiquidation | null> = liquidationPrices.known
    ? known(computeNearest(liquidationPrices.value, assets))
    : liquidationPrices;

  const prices = rules.listPrices(position).flatMap((price): PriceFigure[] => {
    const asset = assets.get(price.assetId);
    if (!asset) return [];
    const { state, ageSeconds } = computeOracleState(price, context.chainTimeSeconds);
    const answer = atOracle(price);
    const market = computeMarketAnswer(price, asset, context);
    const marketAnswer = market.known ? known(computeShockedAnswer(market.value, asset, context.whatIf)) : market;
    const marketDeviation =
      marketAnswer.known && answer !== undefined && answer > 0n
        ? Number(((marketAnswer.value - answer) * 10n ** 12n) / answer) / 1e12
        : undefined;
    const jump = isConfirmed(answer, marketAnswer) ? undefined : computeOracleJump(price, context.latestWrites);
    const liquidatesAt = liquidationPrices.known
      ? liquidationPrices.value.alone.find(({ assetId }) => assetId === asset.id)
      : undefined;
    return [
      {
        asset,
        price,
        state,
        ageSeconds,
        jump,
        answer,
        marketAnswer,
        marketSource: computeMarketSource(asset, context),
        marketDeviation,
        writeDue:
          marketDeviation !== undefined &&
          price.deviationBps !== undefined &&
          Math.abs(marketDeviation) * BPS_NUMBER >= price.deviationBps,
        liquidatesAt,
        nextWriteLiquidates: marketAnswer.known && isPast(marketAnswer.value, liquidatesAt),
      },
    ];
  });

  // What is supplied but switched off can neither save nor liquidate: its price says nothing about the class.
  const counting = new Set(legs.flatMap((leg) => (leg.side === 'debt' || leg.enabled ? [leg.asset.id] : [])));

  const toFigure = (leg: Leg): LegFigure => ({
    leg,
    family: computeAssetFamily(leg.asset),
    value: blind ? { known: false, reason: blind } : computeLegValue(leg, atOracle(leg.price)),
  });
  const collateral = legs.filter(({ side }) => side === 'collateral').map(toFigure);
  const debt = legs.filter(({ side }) => side === 'debt').map(toFigure);
  const sum = (figures: readonly LegFigure[]): Known<bigint> => {
    let total = 0n;
    for (const { value } of figures) {
      if (!value.known) return value;
      total += value.value;
    }
    return known(total);
  };
  const supplied = sum(collateral);
  const owed = sum(debt);
  const carry = computeCarry([...collateral, ...debt]);
  const ages = prices.flatMap(({ ageSeconds }) => (ageSeconds === undefined ? [] : [ageSeconds]));

  return {
    id: position.id,
    position,
    venue: position.venue,
    venueName: rules.name,
    market: rules.formatMarket(position),
    owner,
    collateral,
    debt,
    prices,
    whatIf: context.whatIf,
    evaluation,
    atMarket,
    netValue: !supplied.known ? supplied : !owed.known ? owed : known(baseValue(supplied.value - owed.value)),
    liquidationPrices,
    nearest,
    blind,
    ...computeClass(evaluation, atMarket, prices, counting),
    // An age that no longer grows would pass for today's.
    oldestPriceSeconds: blind || ages.length === 0 ? undefined : Math.max(...ages),
    latePrices: prices.filter(({ state }) => state === 'late'),
    jumpedPrices: prices.filter(({ jump }) => jump !== undefined),
    netYearlyRate: carry.known
      ? carry.value.netUsd > 0
        ? known(carry.value.yearlyUsd / carry.value.netUsd)
        : unknown('price-invalid', 'There is no net worth to measure a yearly return on.')
      : carry,
    carryPerDayUsd: carry.known ? known(carry.value.yearlyUsd / DAYS_A_YEAR) : carry,
  };
}
