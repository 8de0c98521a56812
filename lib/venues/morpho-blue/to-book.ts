import type { BookLeg } from '@/lib/domain/book-position';
import { type Known, known, unknown } from '@/lib/domain/known';
import type { Leg } from '@/lib/domain/position';
import type { PriceOverride } from '@/lib/domain/price';
import type { BookSnapshot } from '@/lib/domain/venue-actions';
import { RAY, WAD } from '@/lib/units/fixed';
import { compareRational, multiplyRational, type Rational, rational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import type { MorphoBlueTerms } from './book-terms';
import { ORACLE_PRICE_SCALE } from './health';
import { listLegs } from './legs';
import { computeOraclePrice, computeSideAnswer } from './oracle-price';
import type { MorphoMarket, MorphoPosition } from './state';

const power = (decimals: number): bigint => 10n ** BigInt(decimals);

interface TokenPrices {
  readonly collateral: Rational;
  readonly loan: Rational;
}

/** Whole loan tokens for one whole token of collateral, exact. */
const toTokenRatio = ({ collateral, loan }: MorphoMarket, price: bigint): Rational =>
  rational(price * power(collateral.decimals), ORACLE_PRICE_SCALE * power(loan.decimals));

function computeTokenPrices(market: MorphoMarket, override: PriceOverride | undefined): Known<TokenPrices> {
  const { oracle, collateral, loan } = market;
  const price = computeOraclePrice(oracle, override);
  if (!price.known) return price;
  if (price.value === 0n) {
    return unknown(
      'price-invalid',
      `The oracle's price of ${collateral.symbol} rounds down to 0: no book can hold it.`,
    );
  }
  const quote = oracle.parts?.quote;
  if (!quote) {
    return unknown('price-missing', `The oracle of this market does not tell the price of ${loan.symbol} in dollars.`);
  }
  const answer = computeSideAnswer(quote, override);
  if (!answer.known) return answer;
  const loanPrice = reduceRational(rational(answer.value, power(quote.price.decimals)));
  const collateralPrice = reduceRational(multiplyRational(loanPrice, toTokenRatio(market, price.value)));
  if (collateral.id === loan.id && compareRational(loanPrice, collateralPrice) !== 0) {
    return unknown('price-invalid', `The oracle of this market gives ${loan.symbol} two prices at once.`);
  }
  return known({ collateral: collateralPrice, loan: loanPrice });
}

const toBookLeg = ({ side, asset, amount, yearlyRate }: Leg): BookLeg => ({
  asset: asset.id,
  amount: reduceRational(rational(amount, power(asset.decimals))),
  enabled: true,
  parameters: {},
  borrowRate: side === 'debt' ? reduceRational(rational(yearlyRate, RAY)) : undefined,
});

/**
 * A Morpho position in the book format: whole tokens, exact fractions of what the contract reports (debt rounded up to its unit), assets by
 * their CAIP-19 id, the debt's yearly rate, the market's LLTV as the only term. A leg of amount 0 is left out, and so is what the owner
 * lends in the market: it is never collateral, and the book's Morpho position has no place for it.
 *
 * Prices are US dollars. The loan token's is its side's of the oracle, 1 where the oracle takes it as one dollar; the collateral's is the
 * loan token's times the price that health is measured at, so that their ratio is that price to the last digit:
 * collateral = loan · price / 1e36 · 10^collateralDecimals / 10^loanDecimals.
 *
 * Unknown where the price that health is measured at is, where it rounds down to 0, and where the oracle tells no dollar price of the loan
 * token. Example: 10 wstETH against 24,000 USDC, price 3000e24, USDC at 1: 10 and 24000 tokens at 3,000 and 1, LLTV 0.86.
 */
export function toBook(position: MorphoPosition, override?: PriceOverride): Known<BookSnapshot<MorphoBlueTerms>> {
  const { market, id, owner, venue } = position;
  const prices = computeTokenPrices(market, override);
  if (!prices.known) return prices;
  const legs = listLegs(position).filter(({ enabled }) => enabled);
  return known({
    position: {
      id,
      venue,
      owner,
      counterparty: undefined,
      collateral: legs.filter(({ side }) => side === 'collateral').map(toBookLeg),
      debt: legs.filter(({ side }) => side === 'debt').map(toBookLeg),
      terms: { lltv: reduceRational(rational(market.params.lltv, WAD)) },
    },
    prices: new Map([
      [market.loan.id, prices.value.loan],
      [market.collateral.id, prices.value.collateral],
    ]),
  });
}
