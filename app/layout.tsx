import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { APPEARANCE_COOKIE, parseAppearance } from '@/lib/stores/appearance';
import { mono, sans } from './fonts';

export const metadata: Metadata = {
  title: { default: 'Ballast', template: '%s · Ballast' },
  description: 'How far every collateralised position is from liquidation, and what would push it over.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#141a21' },
  ],
};

/** The theme is known before the first paint because it comes from a cookie; reading it also keeps pages dynamic, as their nonce needs. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const appearance = parseAppearance((await cookies()).get(APPEARANCE_COOKIE)?.value);
  return (
    <html
      lang="en"
      className={`${sans.variable} ${mono.variable}`}
      data-density={appearance.density}
      {...(appearance.theme === 'system' ? {} : { 'data-theme': appearance.theme })}
    >
      <body className="bg-bg font-sans">{children}</body>
    </html>
  );
}
