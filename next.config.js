/** @type {import('next').NextConfig} */
module.exports = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Types of the whole tree, tests among it, are a check of their own (`npm run types`); whoever starts the app need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Loaded as they are: bundled, two would look for their optional native parts, and the embedded database for its program beside it.
  serverExternalPackages: ['ws', 'pg', '@electric-sql/pglite'],
  async headers() {
    return [
      {
        source: '/_next/static/:path*',
        headers: [
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
        ],
      },
    ];
  },
};
