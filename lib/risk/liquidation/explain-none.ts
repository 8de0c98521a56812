import type { NoLiquidationPriceReason } from '@/lib/domain/evaluation';

/** One sentence for people: why this asset alone has no liquidation price. `name` is its symbol or its key in the book. */
export function explainNoPrice(reason: NoLiquidationPriceReason, name: string): string {
  switch (reason) {
    case 'no-debt':
      return 'Nothing is owed, so no price liquidates.';
    case 'no-effect':
      return `${name} neither counts as collateral nor is owed: its price changes nothing.`;
    case 'never-below-zero':
      return `No price of ${name} above 0 liquidates: the other collateral carries the debt.`;
    case 'already-liquidatable':
      return `Liquidatable at every price of ${name}.`;
    case 'sides-cancel':
      return `The price of ${name} moves collateral and debt alike.`;
    case 'out-of-range':
      return `No price of ${name} that a feed can give liquidates.`;
    case 'price-unknown':
      return `The price of ${name} is not known.`;
  }
}

/** One sentence for people: why no common fall of the collateral liquidates. */
export function explainNoDrop(reason: NoLiquidationPriceReason): string {
  switch (reason) {
    case 'no-debt':
      return 'Nothing is owed, so no fall liquidates.';
    case 'never-below-zero':
      return 'No common fall of the collateral liquidates: what is owed falls with it.';
    case 'already-liquidatable':
      return 'Liquidatable, and no common rise of the collateral would change that.';
    case 'sides-cancel':
      return 'A common move of the collateral moves the debt alike.';
    case 'no-effect':
    case 'out-of-range':
    case 'price-unknown':
      return 'A price is not known.';
  }
}
