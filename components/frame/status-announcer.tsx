'use client';

import { describeChain, describeMarket } from './chain-status';
import { useLive, useLiveContext } from './live-context';

/** Says changes of chain and market feed to those who do not see the pills. Ages are left out: they would never stop. */
export function StatusAnnouncer() {
  const { config } = useLiveContext();
  const chain = useLive((state) => state.chain);
  const connection = useLive((state) => state.connection);
  const marketWord = useLive((state) => state.market && describeMarket(state.market).word);
  const { word, meaning } = describeChain(connection, chain);
  const market = marketWord && marketWord !== 'none' ? ` Market feed ${marketWord}.` : '';
  return (
    <p role="status" className="sr-only">
      {config.name} {word}. {meaning}
      {market}
    </p>
  );
}
