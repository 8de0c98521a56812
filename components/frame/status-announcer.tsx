'use client';

import { describeChain, MARKET_WORDS } from './chain-status';
import { useLive, useLiveContext } from './live-context';

/** Says changes of chain and market feed to those who do not see the pills. Ages are left out: they would never stop. */
export function StatusAnnouncer() {
  const { config } = useLiveContext();
  const chain = useLive((state) => state.chain);
  const connection = useLive((state) => state.connection);
  const marketState = useLive((state) => state.market?.state);
  const { word, meaning } = describeChain(connection, chain);
  const market = marketState && marketState !== 'none' ? ` Market feed ${MARKET_WORDS[marketState].word}.` : '';
  return (
    <p role="status" className="sr-only">
      {config.name} {word}. {meaning}
      {market}
    </p>
  );
}
