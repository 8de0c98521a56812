'use client';

import { startTransition, useEffect, useState } from 'react';

/**
 * Whether the window is as narrow as a phone's; `undefined` on the server and while its page is taken over, where styles alone decide what
 * is seen. What is drawn for one width only need not be kept up for the other from then on.
 */
export function useIsNarrow(): boolean | undefined {
  const [isNarrow, setIsNarrow] = useState<boolean>();
  useEffect(() => {
    const query = matchMedia('(max-width: 767px)');
    // A transition, so that taking half of a long table away does not hold up a hand.
    const follow = () => startTransition(() => setIsNarrow(query.matches));
    follow();
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isNarrow;
}
