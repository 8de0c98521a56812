/** At which prices a panel of the lab answers, in words. */
export const describeProbe = (isMoved: boolean, affected: boolean): string =>
  isMoved ? 'at the moved point' : affected ? 'under the what-if' : 'at the prices above';
