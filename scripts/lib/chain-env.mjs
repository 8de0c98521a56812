import { LauncherError } from './launcher-error.mjs';

/** All of one venue, or none of it. */
const VENUES = [
  ['BALLAST_AAVE_PROVIDER', 'BALLAST_AAVE_UI_DATA_PROVIDER', 'BALLAST_AAVE_PROTOCOL_DATA_PROVIDER'],
  ['BALLAST_MORPHO', 'BALLAST_MORPHO_MARKETS'],
];

/**
 * Says at once which variables another chain than the local one still needs: whether their values are right, the app itself says.
 *
 * @param {Record<string, string | undefined>} env with BALLAST_RPC_URL in it
 * @returns {void} fails with a `LauncherError` that names what is missing
 */
export function requireChainEnv(env) {
  const lacks = (/** @type {string} */ name) => (env[name] ?? '').trim() === '';
  const missing = [
    ...['BALLAST_CHAIN_ID'].filter(lacks),
    ...VENUES.filter((names) => !names.every(lacks)).flatMap((names) => names.filter(lacks)),
  ];
  const noVenue = VENUES.every((names) => names.every(lacks));
  if (missing.length === 0 && !noVenue) return;
  const wanted = [
    ...(missing.length > 0 ? [missing.join(', ')] : []),
    ...(noVenue
      ? [
          VENUES.map((names) => names.join(', '))
            .join(' (Aave), or ')
            .concat(' (Morpho)'),
        ]
      : []),
  ];
  throw new LauncherError(
    `BALLAST_RPC_URL is set, so Ballast reads that chain, but not everything it needs is set. Missing: ${wanted.join('; and ')}.\n` +
      'Set what is missing as README.md describes (“Another chain”), or unset BALLAST_RPC_URL to start the local chain.',
  );
}
