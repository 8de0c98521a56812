import { UnknownFigure } from '@/components/positions/known-figure';
import { Figure } from '@/components/ui/figure';
import { Panel } from '@/components/ui/panel';
import { Tag, type Tone } from '@/components/ui/tag';
import { Term } from '@/components/ui/term';
import { isLiquidatable } from '@/lib/book/is-liquidatable';
import type { PositionRow, PriceFigure } from '@/lib/book/position-row';
import type { UnknownReason } from '@/lib/domain/known';
import { formatAge } from '@/lib/format/format-age';
import { formatExact, UNKNOWN_TEXT } from '@/lib/format/format-fixed';
import { formatJump, formatJumpFactor } from '@/lib/format/format-jump';
import { formatChangeNumber, formatPercentBps } from '@/lib/format/format-percent';
import { formatPrice } from '@/lib/format/format-price';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import { positionGlossary } from './position-glossary';

export interface Verdict {
  readonly tone: Tone;
  readonly word: string;
  readonly text: string;
}

/** What a verdict depends on besides the one price. */
export interface Standing {
  /** By the contract's own test at the prices shown. */
  readonly isLiquidatable: boolean;
  /** A what-if moved oracle and market alike: the sentence is about those prices, not about today's. */
  readonly isWhatIf: boolean;
}

const turnOf = ({ liquidatesAt }: PriceFigure): string | undefined =>
  liquidatesAt?.exists
    ? formatPrice(liquidatesAt.answer, liquidatesAt.decimals, roundTowardToday(liquidatesAt.direction))
    : undefined;

/** Of a position that is liquidatable already: whether a write of this price would change that. */
function describeCure(figure: PriceFigure, isDue: boolean): Verdict {
  const { asset, nextWriteLiquidates, liquidatesAt } = figure;
  const turn = turnOf(figure);
  if (!liquidatesAt?.exists || turn === undefined) {
    return {
      tone: 'liquidatable',
      word: 'no cure',
      text: `Liquidatable now, and no price of ${asset.symbol} alone changes that.`,
    };
  }
  const side = liquidatesAt.direction === 'below' ? 'above' : 'below';
  if (nextWriteLiquidates) {
    return {
      tone: 'liquidatable',
      word: 'no cure',
      text: `Liquidatable now, and still so at the market’s price of ${asset.symbol}; ${side} ${turn} would cure it.`,
    };
  }
  return isDue
    ? {
        tone: 'warning',
        word: 'cures',
        text: `Liquidatable until the oracle writes: a write of ${asset.symbol} is due, and at the market’s price it cures.`,
      }
    : {
        tone: 'liquidatable',
        word: 'would cure',
        text: `Liquidatable now. At the market’s price of ${asset.symbol} it would not be, but no write is due.`,
      };
}

/** Of a position that is not liquidatable at the oracle's prices: what a write of the market's price does. */
function describeWrite(figure: PriceFigure): Verdict {
  const { asset, nextWriteLiquidates, writeDue, state, price } = figure;
  const turn = turnOf(figure);
  const edge = turn === undefined ? '' : ` It liquidates at ${turn}.`;
  if (nextWriteLiquidates) {
    const past = `The market stands past ${turn}, where ${asset.symbol} alone liquidates`;
    if (writeDue)
      return { tone: 'liquidatable', word: 'liquidates', text: `${past}, and a write is due: it liquidates.` };
    if (state === 'late') {
      return { tone: 'liquidatable', word: 'liquidates', text: `${past}, and a write is overdue: it liquidates.` };
    }
    return price.deviationBps === undefined
      ? {
          tone: 'danger',
          word: 'would liquidate',
          text: `${past}: the next write does it, and the feed does not tell when.`,
        }
      : {
          tone: 'danger',
          word: 'would liquidate',
          text: `${past}, but within the feed’s deviation: no write is due yet, and one would liquidate.`,
        };
  }
  if (writeDue) {
    return {
      tone: 'warning',
      word: 'write due',
      text: `By its own rule the feed writes now; at the market’s price the position survives it.${edge}`,
    };
  }
  if (state === 'late') {
    return {
      tone: 'warning',
      word: 'overdue',
      text: `The feed has been silent for longer than its heartbeat; at the market’s price the position survives a write.${edge}`,
    };
  }
  if (price.deviationBps === undefined) {
    return { tone: 'unknown', word: 'not told', text: `The feed does not tell at which deviation it writes.${edge}` };
  }
  return {
    tone: 'neutral',
    word: 'none due',
    text: `The market is within the feed’s deviation: no write is due.${edge}`,
  };
}

/** What the feed's next write would do to this position, other prices held, in a word and a sentence. */
export function describeNextWrite(figure: PriceFigure, { isLiquidatable, isWhatIf }: Standing): Verdict {
  const { asset, marketAnswer, writeDue, state } = figure;
  if (state === 'invalid' || state === 'missing') {
    return { tone: 'unknown', word: 'unknown', text: `The oracle price of ${asset.symbol} cannot be used.` };
  }
  if (!marketAnswer.known) return { tone: 'unknown', word: 'unknown', text: marketAnswer.reason.text };
  const verdict = isLiquidatable ? describeCure(figure, writeDue || state === 'late') : describeWrite(figure);
  return isWhatIf
    ? {
        ...verdict,
        text: `With oracle and market moved by the what-if: ${uncapitalise(verdict.text.replace('Liquidatable now', 'Liquidatable'))}`,
      }
    : verdict;
}

const uncapitalise = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

function WriteLine({ figure, standing }: { readonly figure: PriceFigure; readonly standing: Standing }) {
  const { asset, answer, price, state, ageSeconds, jump, marketAnswer, marketDeviation } = figure;
  const affected = standing.isWhatIf;
  const verdict = describeNextWrite(figure, standing);
  const turn = turnOf(figure);
  const from = answer === undefined ? UNKNOWN_TEXT : formatPrice(answer, price.decimals);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-2 border-line border-b py-1 text-[13px] last:border-0">
      <span className="whitespace-nowrap">
        {asset.symbol}{' '}
        {marketAnswer.known ? (
          <Figure
            text={formatPrice(marketAnswer.value, price.decimals)}
            exact={`$${formatExact(marketAnswer.value, price.decimals)}`}
            note={`Market price; the oracle says ${from}`}
            affected={affected}
            className="font-medium"
          />
        ) : (
          <UnknownFigure reason={marketAnswer.reason.text} />
        )}
      </span>
      <span className="flex items-center gap-1.5 whitespace-nowrap text-[11px] text-faint" title={verdict.text}>
        {state === 'late' ? (
          <span className="text-warning">late{ageSeconds === undefined ? '' : ` ${formatAge(ageSeconds)}`}</span>
        ) : jump ? (
          <span className="text-warning" title={`The oracle ${formatJump(jump)}.`}>
            jumped {formatJumpFactor(jump.from, jump.to)}
          </span>
        ) : (
          <span>
            {marketDeviation === undefined ? UNKNOWN_TEXT : formatChangeNumber(marketDeviation, 2)}
            {price.deviationBps !== undefined && ` of ${formatPercentBps(price.deviationBps)}`}
          </span>
        )}
        <Tag tone={verdict.tone} title={verdict.text}>
          {verdict.word}
          {verdict.tone === 'neutral' && <span className="sr-only">: {verdict.text}</span>}
        </Tag>
      </span>
      {verdict.tone === 'neutral' ? (
        turn !== undefined && <p className="w-full text-[11px] text-faint leading-[15px]">liquidates at {turn}</p>
      ) : (
        <p className="w-full text-[11px] text-muted leading-[15px]">{verdict.text}</p>
      )}
    </li>
  );
}

/** "What does the next oracle write do?": where the market is ahead of each oracle, and whether the contract's next price liquidates. */
export function NextWritePanel({
  row,
  affected,
  blind,
}: {
  readonly row: PositionRow;
  readonly affected: boolean;
  readonly blind: UnknownReason | undefined;
}) {
  const standing = { isLiquidatable: isLiquidatable(row), isWhatIf: affected };
  return (
    <Panel
      title={<Term {...positionGlossary.deviation}>What does the next oracle write do?</Term>}
      detail={affected ? 'at the what-if’s prices' : undefined}
    >
      {blind ? (
        <p className="text-[13px] text-muted">
          {UNKNOWN_TEXT} {blind.text}
        </p>
      ) : (
        <ul>
          {row.prices.map((figure) => (
            <WriteLine key={figure.asset.id} {...{ figure, standing }} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
