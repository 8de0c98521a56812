/** Factors of a Compound III collateral, as fractions. */
export interface CompoundDefaults {
  readonly borrowCollateralFactor: string;
  readonly liquidateCollateralFactor: string;
  readonly liquidationFactor: string;
}

const factors = (
  borrowCollateralFactor: string,
  liquidateCollateralFactor: string,
  liquidationFactor: string,
): CompoundDefaults => ({ borrowCollateralFactor, liquidateCollateralFactor, liquidationFactor });

/**
 * Two markets of Compound III on Ethereum, by the symbol of the base asset, collateral by symbol; all in capitals. From the repository's
 * history (`compound-finance/comet`, `deployments/mainnet`), so they may be dated.
 */
export const COMPOUND_V3_MARKETS: Readonly<Record<string, Readonly<Record<string, CompoundDefaults>>>> = {
  USDC: {
    WETH: factors('0.825', '0.895', '0.95'),
    WBTC: factors('0.7', '0.77', '0.95'),
    WSTETH: factors('0.82', '0.87', '0.92'),
    CBBTC: factors('0.8', '0.85', '0.95'),
    LINK: factors('0.79', '0.85', '0.93'),
    UNI: factors('0.75', '0.81', '0.93'),
    COMP: factors('0.65', '0.7', '0.93'),
  },
  WETH: {
    WSTETH: factors('0.9', '0.93', '0.95'),
    CBETH: factors('0.9', '0.93', '0.95'),
    WEETH: factors('0.82', '0.87', '0.92'),
    WBTC: factors('0.8', '0.85', '0.95'),
  },
};
