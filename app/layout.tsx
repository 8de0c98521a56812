import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { AppearanceProvider } from '@/components/frame/appearance-provider';
import { ConfigurationProblem } from '@/components/frame/configuration-problem';
import { Frame } from '@/components/frame/frame';
import { LiveProvider } from '@/components/frame/live-provider';
import { ViewProvider } from '@/components/frame/view-provider';
import { InvalidInputError } from '@/lib/domain/errors';
import { readPublicConfig } from '@/lib/server/config';
import { readFirstPaint } from '@/lib/server/snapshot';
import { APPEARANCE_COOKIE } from '@/lib/stores/appearance';
import { parseAppearance } from '@/lib/stores/parse-appearance';
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

/** What everything stands on, or why there is nothing: a configuration that cannot be used is said in plain words, not as a crash. */
async function readFoundation() {
  try {
    return { config: readPublicConfig(), firstPaint: await readFirstPaint() };
  } catch (cause) {
    if (cause instanceof InvalidInputError) return { problem: cause.message };
    throw cause;
  }
}

/** The theme is known before the first paint because it comes from a cookie; reading it also keeps pages dynamic, as their nonce needs. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const appearance = parseAppearance((await cookies()).get(APPEARANCE_COOKIE)?.value);
  const foundation = await readFoundation();
  return (
    <html
      lang="en"
      className={`${sans.variable} ${mono.variable}`}
      data-density={appearance.density}
      {...(appearance.theme === 'system' ? {} : { 'data-theme': appearance.theme })}
    >
      <body className="bg-bg font-sans">
        {'problem' in foundation ? (
          <ConfigurationProblem text={foundation.problem} />
        ) : (
          <NuqsAdapter>
            <AppearanceProvider initial={appearance}>
              <LiveProvider
                config={foundation.config.chain}
                demoAccounts={foundation.config.demoAccounts}
                status={foundation.firstPaint.status}
                reading={foundation.firstPaint.reading}
              >
                <ViewProvider>
                  <Frame>{children}</Frame>
                </ViewProvider>
              </LiveProvider>
            </AppearanceProvider>
          </NuqsAdapter>
        )}
      </body>
    </html>
  );
}
