import type { IconName } from '@/components/ui/icon';

export interface Screen {
  readonly path: string;
  readonly name: string;
  readonly icon: IconName;
  readonly isCurrent: (pathname: string) => boolean;
}

/** The screens there are, in the order of the rail. */
export const SCREENS: readonly Screen[] = [
  {
    path: '/',
    name: 'Positions',
    icon: 'positions',
    isCurrent: (pathname) => pathname === '/' || pathname.startsWith('/positions'),
  },
  { path: '/triggers', name: 'Triggers', icon: 'triggers', isCurrent: (pathname) => pathname.startsWith('/triggers') },
  { path: '/risk', name: 'Risk', icon: 'risk', isCurrent: (pathname) => pathname === '/risk' },
  { path: '/settings', name: 'Settings', icon: 'settings', isCurrent: (pathname) => pathname === '/settings' },
];
