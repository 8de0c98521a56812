'use client';

import { useEffect } from 'react';

const BADGE = /^\((?:\d+\??|\?)\) /;

/** A page's title with the badge before it: "(3) Risk · Ballast". Whatever badge it had goes. */
export const badgeTitle = (title: string, badge: string | undefined): string =>
  `${badge === undefined ? '' : `(${badge}) `}${title.replace(BADGE, '')}`;

/** Keeps the badge before the page's title, whichever page is shown and whether or not anybody looks at it. */
export function useTitleBadge(badge: string | undefined): void {
  useEffect(() => {
    const apply = () => {
      const title = badgeTitle(document.title, badge);
      if (document.title !== title) document.title = title;
    };
    apply();
    // A page that is opened sets its own title.
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [badge]);
}
