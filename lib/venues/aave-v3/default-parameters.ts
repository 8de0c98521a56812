/** What Aave v3 lists an asset with; fractions, the bonus as a gain. */
export interface AaveDefaults {
  readonly maxLtv: string;
  readonly liquidationThreshold: string;
  readonly liquidationBonus: string;
  readonly borrowable: boolean;
}

/**
 * Reserves of Aave v3 Core on Ethereum after its 3.6 upgrade, by symbol in capitals, outside any efficiency mode: `bgd-labs/protocol-v3.6-upgrade`,
 * `reports/1_0x87870Bca3F3fD6335C3F4ce8392D69350B4fA4E2_after.json`, block 23975177. A threshold of 0 is no collateral. Collateral with a
 * debt ceiling, which must stand alone (XAUt, UNI), is left out.
 */
export const AAVE_V3_DEFAULTS: Readonly<Record<string, AaveDefaults>> = {
  WETH: { maxLtv: '0.805', liquidationThreshold: '0.83', liquidationBonus: '0.05', borrowable: true },
  WSTETH: { maxLtv: '0.785', liquidationThreshold: '0.81', liquidationBonus: '0.06', borrowable: true },
  WEETH: { maxLtv: '0.775', liquidationThreshold: '0.8', liquidationBonus: '0.07', borrowable: true },
  RETH: { maxLtv: '0.75', liquidationThreshold: '0.79', liquidationBonus: '0.075', borrowable: true },
  CBETH: { maxLtv: '0.75', liquidationThreshold: '0.79', liquidationBonus: '0.075', borrowable: true },
  OSETH: { maxLtv: '0.725', liquidationThreshold: '0.75', liquidationBonus: '0.075', borrowable: true },
  WBTC: { maxLtv: '0.73', liquidationThreshold: '0.78', liquidationBonus: '0.05', borrowable: true },
  CBBTC: { maxLtv: '0.73', liquidationThreshold: '0.78', liquidationBonus: '0.075', borrowable: true },
  TBTC: { maxLtv: '0.73', liquidationThreshold: '0.78', liquidationBonus: '0.075', borrowable: true },
  LBTC: { maxLtv: '0.7', liquidationThreshold: '0.75', liquidationBonus: '0.085', borrowable: false },
  FBTC: { maxLtv: '0.73', liquidationThreshold: '0.78', liquidationBonus: '0.075', borrowable: true },
  USDC: { maxLtv: '0.75', liquidationThreshold: '0.78', liquidationBonus: '0.045', borrowable: true },
  USDT: { maxLtv: '0.75', liquidationThreshold: '0.78', liquidationBonus: '0.045', borrowable: true },
  DAI: { maxLtv: '0.63', liquidationThreshold: '0.77', liquidationBonus: '0.05', borrowable: true },
  USDS: { maxLtv: '0.75', liquidationThreshold: '0.78', liquidationBonus: '0.075', borrowable: true },
  GHO: { maxLtv: '0', liquidationThreshold: '0', liquidationBonus: '0', borrowable: true },
  USDE: { maxLtv: '0.72', liquidationThreshold: '0.75', liquidationBonus: '0.085', borrowable: true },
  SUSDE: { maxLtv: '0.72', liquidationThreshold: '0.75', liquidationBonus: '0.085', borrowable: false },
  SDAI: { maxLtv: '0.75', liquidationThreshold: '0.78', liquidationBonus: '0.045', borrowable: false },
  LINK: { maxLtv: '0.66', liquidationThreshold: '0.71', liquidationBonus: '0.07', borrowable: true },
  AAVE: { maxLtv: '0.69', liquidationThreshold: '0.76', liquidationBonus: '0.075', borrowable: false },
};

/** Same source: 1000 basis points of the bonus on nearly every reserve. */
export const AAVE_V3_PROTOCOL_FEE = '0.1';
