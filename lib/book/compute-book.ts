import type { Asset, AssetId } from '@/lib/domain/asset';
import type { AssetFamily } from '@/lib/domain/asset-family';
import type { Known } from '@/lib/domain/known';
import type { WatchedAccount } from '@/lib/domain/position';
import { isWhatIfActive } from '@/lib/scenarios/what-if';
import { baseValue } from '@/lib/units/fixed';
import type { Position } from '@/lib/venues/registry';
import { computePositionRow, type RowContext } from './compute-position-row';
import type { BookFamily, BookStrip, BookView, PositionRow, Total } from './position-row';
import { compareNearness } from './rank-nearest';

function computeTotal(figures: readonly Known<bigint>[]): Total {
  let value = 0n;
  let unknownCount = 0;
  for (const figure of figures) {
    if (figure.known) value += figure.value;
    else unknownCount += 1;
  }
  return { value: baseValue(value), unknownCount };
}

function computeStrip(rows: readonly PositionRow[]): BookStrip {
  let lowestHealthFactor: BookStrip['lowestHealthFactor'];
  let nearest: BookStrip['nearest'];
  for (const row of rows) {
    const { healthFactor } = row.evaluation;
    if (healthFactor.known && healthFactor.value !== null) {
      if (!lowestHealthFactor || healthFactor.value < lowestHealthFactor.value) {
        lowestHealthFactor = { row, value: healthFactor.value };
      }
    }
    const candidate = row.nearest.known ? row.nearest.value : null;
    if (candidate) {
      if (!nearest || compareNearness(candidate, nearest.nearest) < 0) nearest = { row, nearest: candidate };
    }
  }
  const carries = rows.map((row) => row.carryPerDayUsd);
  return {
    positionCount: rows.length,
    collateral: computeTotal(rows.flatMap((row) => row.collateral.map(({ value }) => value))),
    debt: computeTotal(rows.flatMap((row) => row.debt.map(({ value }) => value))),
    netWorth: computeTotal(rows.map((row) => row.netValue)),
    debtAssetCount: new Set(rows.flatMap((row) => row.debt.map(({ leg }) => leg.asset.id))).size,
    carryPerDayUsd: {
      value: carries.reduce((total, carry) => total + (carry.known ? carry.value : 0), 0),
      unknownCount: carries.filter((carry) => !carry.known).length,
    },
    lowestHealthFactor,
    nearest,
    unknownCount: rows.filter(({ riskClass }) => riskClass === 'unknown').length,
    liquidatableCount: rows.filter(({ riskClass }) => riskClass === 'liquidatable').length,
  };
}

/** Families of all legs, those of which the book holds or owes most first; unknown values last. */
function computeFamilies(rows: readonly PositionRow[]): readonly BookFamily[] {
  const byKey = new Map<string, { readonly family: AssetFamily; readonly symbols: Set<string>; value: bigint }>();
  for (const { leg, family, value } of rows.flatMap((row) => [...row.collateral, ...row.debt])) {
    const entry = byKey.get(family.key) ?? { family, symbols: new Set<string>(), value: 0n };
    if (value.known) entry.value += value.value;
    entry.symbols.add(leg.asset.symbol);
    byKey.set(family.key, entry);
  }
  return [...byKey.values()]
    .sort((a, b) => Number(a.family.stable) - Number(b.family.stable) || (a.value < b.value ? 1 : -1))
    .map(({ family, symbols }) => ({ ...family, symbols: [...symbols].sort() }));
}

/**
 * The figures of a set of positions: one row each, the totals, what can be shocked. Pure.
 *
 * `accounts` gives the owners their names; an owner not among them goes by its address. Totals leave unknown figures out and say how many
 * they left out; they are never passed off as whole.
 */
export function computeBook(
  positions: readonly Position[],
  accounts: readonly WatchedAccount[],
  context: RowContext,
): BookView {
  const byAddress = new Map(accounts.map((account) => [account.address, account]));
  const rows = positions.map((position) =>
    computePositionRow(
      position,
      byAddress.get(position.owner) ?? { address: position.owner, label: position.owner, kind: 'watched' },
      context,
    ),
  );
  const assets = new Map<AssetId, Asset>();
  for (const { leg } of rows.flatMap((row) => [...row.collateral, ...row.debt])) assets.set(leg.asset.id, leg.asset);
  return {
    rows,
    strip: computeStrip(rows),
    families: computeFamilies(rows),
    assets,
    whatIfActive: isWhatIfActive(context.whatIf),
  };
}
