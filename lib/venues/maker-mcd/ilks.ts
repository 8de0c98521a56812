/** What governance set for one kind of vault; decimal strings, ratios as fractions ("1.45" is 145 %), amounts in DAI. */
export interface IlkFigures {
  /** Liquidation ratio (`Spotter.ilks.mat`). */
  readonly mat: string;
  /** Liquidation penalty, as the part added to the debt ("0.13" is 13 %; the Dog stores 1.13). */
  readonly chop: string;
  /** Least debt of a vault (`Vat.ilks.dust`). */
  readonly dust: string;
  /** Most DAI that the ilk's running auctions may ask for (`Dog.ilks.hole`). */
  readonly hole: string;
  /** Seconds after which an auction must be started anew (`Clipper.tail`). */
  readonly tail: string;
  /** Seconds between two price cuts (`StairstepExponentialDecrease.step`). */
  readonly step: string;
  /** false: the debt ceiling is 0 and nothing more can be drawn. */
  readonly open: boolean;
}

const AUCTION = { tail: '7200', step: '90', open: true } as const;

/** Ilks of the Maker protocol as of May 2026, from the executed spells (`sky-ecosystem/spells-mainnet`). */
export const ILKS = {
  'ETH-A': { mat: '1.45', chop: '0.13', dust: '7500', hole: '40000000', ...AUCTION },
  'ETH-B': { mat: '1.30', chop: '0.13', dust: '25000', hole: '15000000', ...AUCTION, tail: '4800', step: '60' },
  'ETH-C': { mat: '1.70', chop: '0.13', dust: '3500', hole: '35000000', ...AUCTION },
  'WSTETH-A': { mat: '1.50', chop: '0.13', dust: '7500', hole: '30000000', ...AUCTION },
  'WSTETH-B': { mat: '1.75', chop: '0.13', dust: '3500', hole: '20000000', ...AUCTION },
  'WBTC-A': { mat: '1.50', chop: '0', dust: '7500', hole: '10000000', ...AUCTION, open: false },
} as const satisfies Record<string, IlkFigures>;

export type IlkName = keyof typeof ILKS;

/** What all auctions share (same source): the global limit, the start above the price, the reset threshold and the cut of each step. */
export const AUCTION_DEFAULTS = { Hole: '150000000', par: '1', buf: '1.1', cusp: '0.45', cut: '0.99' } as const;
