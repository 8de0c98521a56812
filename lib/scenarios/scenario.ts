/** A move of prices as data: what each family does, in basis points of its price (−5581 is −55.81 %). */
export interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  /** Where the figures come from; `'ours'` for a round figure that illustrates. */
  readonly source: string;
  /**
   * Applied to every family that is no dollar stablecoin and not named in `byFamily`. A fall of the crypto market is none of gold's: where the
   * source has no price of gold, `byFamily` holds it still.
   */
  readonly allBps: number;
  readonly byFamily: Readonly<Record<string, number>>;
}
