import { UnknownFigure } from '@/components/positions/known-figure';
import { Figure } from '@/components/ui/figure';
import { Panel } from '@/components/ui/panel';
import { Tag, type Tone } from '@/components/ui/tag';
import { Term } from '@/components/ui/term';
import type { PositionRow, PriceFigure } from '@/lib/book/position-row';
import type { UnknownReason } from '@/lib/domain/known';
import { formatAge } from '@/lib/format/format-age';
import { formatExact, UNKNOWN_TEXT } from '@/lib/format/format-fixed';
import { formatPercentBps, formatPercentNumber } from '@/lib/format/format-percent';
import { formatPrice } from '@/lib/format/format-price';
import { positionGlossary } from './position-glossary';

interface Verdict {
  readonly tone: Tone;
  readonly word: string;
  readonly text: string;
}

/** What the feed's next write would do to this position, in a word and a sentence. */
function describeNextWrite(figure: PriceFigure): Verdict {
  const { asset, marketAnswer, nextWriteLiquidates, writeDue, liquidatesAt, state, price } = figure;
  if (state === 'invalid' || state === 'missing') {
    return { tone: 'unknown', word: 'unknown', text: `The oracle price of ${asset.symbol} cannot be used.` };
  }
  if (!marketAnswer.known) return { tone: 'unknown', word: 'unknown', text: marketAnswer.reason.text };
  const edge = liquidatesAt?.exists
    ? ` It liquidates at ${formatPrice(liquidatesAt.answer, liquidatesAt.decimals)}.`
    : '';
  if (nextWriteLiquidates) {
    return {
      tone: 'liquidatable',
      word: 'liquidates',
      text: `The market already stands past the liquidation price: the next write of ${asset.symbol} liquidates.${edge}`,
    };
  }
  if (writeDue) {
    return {
      tone: 'warning',
      word: 'write due',
      text: `The feed's own rule says it writes now; the position survives it.${edge}`,
    };
  }
  if (state === 'late') {
    return { tone: 'warning', word: 'overdue', text: `The feed has been silent for longer than its heartbeat.${edge}` };
  }
  if (price.deviationBps === undefined) {
    return { tone: 'unknown', word: 'not told', text: `The feed does not tell at which deviation it writes.${edge}` };
  }
  return { tone: 'neutral', word: 'none due', text: `The market is within the feed's deviation.${edge}` };
}

const signed = (ratio: number): string => `${ratio > 0 ? '+' : ''}${formatPercentNumber(ratio, 2)}`;

function WriteLine({ figure, affected }: { readonly figure: PriceFigure; readonly affected: boolean }) {
  const { asset, answer, price, state, ageSeconds, marketAnswer, marketDeviation } = figure;
  const verdict = describeNextWrite(figure);
  const from = answer === undefined ? UNKNOWN_TEXT : formatPrice(answer, price.decimals);
  return (
    <li className="flex items-center justify-between gap-2 border-line border-b py-1 text-[13px] last:border-0">
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
        ) : (
          <span>
            {marketDeviation === undefined ? UNKNOWN_TEXT : signed(marketDeviation)}
            {price.deviationBps !== undefined && ` of ${formatPercentBps(price.deviationBps)}`}
          </span>
        )}
        <Tag tone={verdict.tone} title={verdict.text}>
          {verdict.word}
          <span className="sr-only">: {verdict.text}</span>
        </Tag>
      </span>
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
  return (
    <Panel title={<Term {...positionGlossary.deviation}>What does the next oracle write do?</Term>}>
      {blind ? (
        <p className="text-[13px] text-muted">
          {UNKNOWN_TEXT} {blind.text}
        </p>
      ) : (
        <ul>
          {row.prices.map((figure) => (
            <WriteLine key={figure.asset.id} {...{ figure, affected }} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
