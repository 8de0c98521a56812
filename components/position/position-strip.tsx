import { Fragment } from 'react';
import { glossary } from '@/components/positions/glossary';
import { differsAtMarket } from '@/components/positions/health-factor-figure';
import { KnownFigure, UnknownFigure } from '@/components/positions/known-figure';
import { Strip, StripCell } from '@/components/positions/strip';
import { Figure } from '@/components/ui/figure';
import { isLiquidatable } from '@/lib/book/is-liquidatable';
import { listNearestAlone } from '@/lib/book/list-nearest-alone';
import type { NearestLiquidation, PositionRow } from '@/lib/book/position-row';
import { computeUniformDropPrices } from '@/lib/book/uniform-drop-prices';
import { toOptional } from '@/lib/domain/known';
import { formatExact, formatFixed, UNKNOWN_TEXT } from '@/lib/format/format-fixed';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatJumpFactor } from '@/lib/format/format-jump';
import { formatChange, formatPercentWad } from '@/lib/format/format-percent';
import { formatPrice } from '@/lib/format/format-price';
import { formatUsd, formatUsdCompact } from '@/lib/format/format-usd';
import { WAD } from '@/lib/units/fixed';
import { rational } from '@/lib/units/rational';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import { PastWords } from './past-words';
import { positionGlossary } from './position-glossary';

/** So many assets have a cell of their own in the strip; the list of liquidation prices has them all. */
const SHOWN_ALONE = 2;

interface CellProps {
  readonly row: PositionRow;
  readonly affected: boolean;
}

const exactRatio = (value: bigint | null): string | undefined => (value === null ? undefined : formatExact(value, 18));

function HealthFactorCell({ row, affected }: CellProps) {
  const { healthFactor, collateralValue, debtValue, liquidationThreshold } = row.evaluation;
  const collateral = toOptional(collateralValue);
  const debt = toOptional(debtValue);
  const threshold = toOptional(liquidationThreshold);
  const factor = toOptional(healthFactor);
  const example =
    collateral !== undefined && debt !== undefined && threshold && factor
      ? `${formatUsd(collateral, 'down')} · ${formatFixed(threshold, 18, 4, 'down')} / ${formatUsd(debt, 'up')} = ${formatHealthFactor(factor)}`
      : undefined;
  const late = row.latePrices.map(({ asset }) => asset.symbol).join(', ');
  const jumped = row.jumpedPrices.map(({ asset, jump }) =>
    jump ? `${asset.symbol} jumped ${formatJumpFactor(jump.from, jump.to)}` : '',
  );
  const marketBeside =
    factor !== null && factor !== undefined && (late !== '' || jumped.length > 0 || differsAtMarket(row));
  return (
    <StripCell
      name="Health factor"
      term={glossary.healthFactor}
      example={example}
      wraps
      detail={
        marketBeside ? (
          <span className="text-muted">
            at market{' '}
            <KnownFigure
              figure={row.atMarket.healthFactor}
              format={formatHealthFactor}
              exact={exactRatio}
              {...{ affected }}
            />
            {late && <span className="text-warning"> · {late} late</span>}
            {jumped.length > 0 && <span className="text-warning"> · {jumped.join(', ')}</span>}
            {isLiquidatable(row) && (
              <>
                {' '}
                · <PastWords affected={affected} />
              </>
            )}
          </span>
        ) : factor === null ? (
          'no debt'
        ) : isLiquidatable(row) ? (
          <PastWords affected={affected} />
        ) : (
          factor !== undefined && 'liquidatable below 1'
        )
      }
    >
      <span style={{ color: `var(--${row.riskClass})` }}>
        <KnownFigure
          figure={healthFactor}
          format={formatHealthFactor}
          exact={exactRatio}
          note={row.riskNote}
          affected={affected}
        />
      </span>
    </StripCell>
  );
}

function LtvCell({ row, affected }: CellProps) {
  const { ltv, collateralValue, debtValue, liquidationThreshold, maxLtv } = row.evaluation;
  const collateral = toOptional(collateralValue);
  const debt = toOptional(debtValue);
  const threshold = toOptional(liquidationThreshold);
  const limit = toOptional(maxLtv);
  const value = toOptional(ltv);
  return (
    <StripCell
      name="LTV"
      term={glossary.ltv}
      wraps
      example={
        value && collateral !== undefined && debt !== undefined
          ? `${formatUsd(debt, 'up')} / ${formatUsd(collateral, 'down')} = ${formatPercentWad(value, 'up')}`
          : undefined
      }
      detail={
        threshold ? (
          <>
            of {formatPercentWad(threshold, 'down')}
            {limit !== undefined && limit !== null && ` · max ${formatPercentWad(limit, 'down')}`}
          </>
        ) : threshold === null ? (
          'no collateral counts'
        ) : (
          UNKNOWN_TEXT
        )
      }
    >
      <KnownFigure
        figure={ltv}
        format={(ratio) => (ratio === null ? 'none' : formatPercentWad(ratio, 'up'))}
        exact={exactRatio}
        affected={affected}
      />
    </StripCell>
  );
}

function CollateralRatioCell({ row, affected }: CellProps) {
  const { collateralRatio, collateralValue, debtValue } = row.evaluation;
  const collateral = toOptional(collateralValue);
  const debt = toOptional(debtValue);
  const over =
    collateral !== undefined && debt !== undefined
      ? `${formatUsdCompact(collateral, 'down')} over ${formatUsdCompact(debt, 'up')}`
      : UNKNOWN_TEXT;
  return (
    <StripCell name="Collateral ratio" term={glossary.collateralRatio} example={over} detail={over}>
      <KnownFigure
        figure={collateralRatio}
        format={(ratio) => (ratio === null ? '∞' : formatPercentWad(ratio, 'down'))}
        exact={exactRatio}
        affected={affected}
      />
    </StripCell>
  );
}

function TogetherCell({ row, affected }: CellProps) {
  const { liquidationPrices } = row;
  const prices = toOptional(computeUniformDropPrices(row)) ?? [];
  const name = isLiquidatable(row) ? 'All together cure it at' : 'All together liquidate at';
  if (!liquidationPrices.known) {
    return (
      <StripCell name={name} term={positionGlossary.together}>
        <UnknownFigure reason={liquidationPrices.reason.text} />
      </StripCell>
    );
  }
  const { together } = liquidationPrices.value;
  if (!together.exists) {
    return (
      <StripCell name={name} term={positionGlossary.together} wraps detail={together.text}>
        none
      </StripCell>
    );
  }
  const means = prices.map(({ asset, answer, decimals }) => `${asset.symbol} ${formatPrice(answer, decimals, 'up')}`);
  const change = rational(-together.drop, WAD);
  return (
    <StripCell
      name={name}
      term={positionGlossary.together}
      wraps
      // Each price stays whole where they take more than one line.
      detail={means.map((price, index) => (
        <Fragment key={price}>
          {index > 0 && ' '}
          <span className="whitespace-nowrap text-[11px]">
            {index > 0 && '· '}
            {price}
          </span>
        </Fragment>
      ))}
    >
      <Figure
        text={formatChange(change, 'up')}
        exact={`${formatExact(-together.drop * 100n, 18)} %`}
        affected={affected}
      />
    </StripCell>
  );
}

/** One asset alone: where it liquidates, or where it would cure what is liquidatable already. */
function AloneCell({ price, row, affected }: CellProps & { readonly price: NearestLiquidation }) {
  const { asset, answer, decimals, direction, distance } = price;
  const isPast = isLiquidatable(row);
  const rounding = roundTowardToday(direction);
  const cure = direction === 'below' ? 'cures above' : 'cures below';
  return (
    <StripCell
      name={`${asset.symbol} ${isPast ? cure : 'liquidates at'}`}
      term={glossary.nearestLiquidation}
      wraps
      detail={
        isPast ? (
          <>
            <PastWords affected={affected} /> · {formatChange(distance, rounding)}
          </>
        ) : (
          `${formatChange(distance, rounding)}, others held`
        )
      }
    >
      <Figure
        text={formatPrice(answer, decimals, rounding)}
        exact={formatExact(answer, decimals)}
        affected={affected}
      />
    </StripCell>
  );
}

/** The figures of one position that decide, its own numbers put into the terms. */
export function PositionStrip({ row, affected }: CellProps) {
  const alone = listNearestAlone(row);
  const shown = toOptional(alone)?.slice(0, SHOWN_ALONE) ?? [];
  return (
    <Strip>
      <HealthFactorCell {...{ row, affected }} />
      <LtvCell {...{ row, affected }} />
      <CollateralRatioCell {...{ row, affected }} />
      {shown.length === 0 && (
        <StripCell
          name="Each asset alone"
          term={glossary.nearestLiquidation}
          wraps
          detail={
            alone.known ? (
              isLiquidatable(row) ? (
                <>
                  <PastWords affected={affected} />; no single price cures it
                </>
              ) : (
                'no single price liquidates'
              )
            ) : undefined
          }
        >
          {alone.known ? 'none' : <UnknownFigure reason={alone.reason.text} />}
        </StripCell>
      )}
      {shown.map((price) => (
        <AloneCell key={price.assetId} {...{ price, row, affected }} />
      ))}
      <TogetherCell {...{ row, affected }} />
    </Strip>
  );
}
