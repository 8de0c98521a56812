import type { ChainSession } from './chain-session';
import { type DevnetState, KEPT_RECORDS } from './devnet-state';
import { describeLiquidation, type Liquidation, planLiquidations, readBorrowers } from './liquidator';
import { listDemoAccounts } from './open-demo-accounts';

/** The liquidator as it runs: whom it watches, and what it did on this chain. */
export class LiquidatorRunner {
  private on = false;
  private liquidations: readonly Liquidation[] = [];
  private borrowers = new Set<`0x${string}`>();
  private scannedBlock = 0n;

  readState(): DevnetState['liquidator'] {
    return { on: this.on, liquidations: this.liquidations };
  }

  setOn(on: boolean): void {
    this.on = on;
  }

  /** Begins afresh on a chain that has just been set up: what was done happened on one that is gone. */
  open(session: ChainSession): void {
    this.borrowers = new Set(listDemoAccounts().map(({ address }) => address));
    this.scannedBlock = session.firstLiveBlock;
    this.liquidations = [];
  }

  /** Liquidates what falls below 1, where it is switched on; says whether anything was. */
  async run(session: ChainSession, readTimeMs: () => number): Promise<boolean> {
    if (!this.on) return false;
    const { context } = session;
    const latest = await context.operator.client.getBlockNumber();
    if (latest > this.scannedBlock) {
      for (const borrower of await readBorrowers(context, this.scannedBlock + 1n, latest)) this.borrowers.add(borrower);
      this.scannedBlock = latest;
    }
    const planned = await planLiquidations(context, [...this.borrowers]);
    if (planned.length === 0) return false;
    const receipts = await session.mineWith(
      planned.map((plan) => plan.transaction),
      readTimeMs(),
    );
    const { timestampSeconds } = session;
    const done = planned.flatMap((plan, index) => {
      const receipt = receipts[index];
      const liquidation = receipt?.succeeded
        ? describeLiquidation(context, plan, receipt, timestampSeconds)
        : undefined;
      return liquidation ? [liquidation] : [];
    });
    this.liquidations = [...done.reverse(), ...this.liquidations].slice(0, KEPT_RECORDS);
    return done.length > 0;
  }
}
