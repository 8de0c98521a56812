/**
 * The direction of imports: a room imports only what stands to its left (docs/architecture.md).
 *
 *   units → format, domain → policy → risk → scenarios, triggers, venues/* (rules and maths) → venues/registry, actions, models → book,
 *         compare, interchange → cli
 *         → venues/* (reading), feeds, workers → queries → stores → components → app
 *
 * `lib/server` stands right of reading and feeds and belongs to the app's server side; `lib/devnet` belongs to scripts and tests.
 */

/** Tests, and what only tests use: generators of random cases, stand-ins for what is outside. */
const TEST =
  '\\.(test|test-d)\\.tsx?$|(^|/)(book-)?testing(/|\\.ts$)|(^|/)model-examples\\.ts$|/(random|fake)-[^/]+\\.ts$';
/** Files of a venue that speak to the chain; all others of its folder are rules and maths. */
const VENUE_READING = '(read|read-[^/]+|reader|plan|decode|abi|check)';

/** Each room: where it is, what it may import besides itself, and whether it is pure. */
const ROOMS = {
  units: { path: '^lib/units/', sees: [], pure: true },
  domain: { path: '^lib/domain/', sees: ['units'], pure: true },
  policy: { path: '^lib/config/policy\\.ts$', sees: ['units', 'domain'], pure: true },
  format: { path: '^lib/format/', sees: ['units', 'domain', 'policy'], pure: true },
  risk: { path: '^lib/risk/', sees: ['units', 'domain', 'policy'], pure: true },
  scenarios: { path: '^lib/scenarios/', sees: ['units', 'domain', 'policy', 'risk'], pure: true },
  triggers: { path: '^lib/triggers/', sees: ['units', 'format', 'domain', 'policy', 'risk'], pure: true },
  alerts: { path: '^lib/alerts/', sees: ['units', 'domain', 'policy', 'triggers'], pure: true },
  answers: {
    path: '^lib/venues/(answers|decimal-term|find-[^/]+)\\.ts$',
    sees: ['units', 'domain'],
    seesTypes: ['reading'],
    pure: true,
  },
  venue: {
    path: '^lib/venues/[^/]+/',
    pathNot: `^lib/venues/[^/]+/${VENUE_READING}\\.ts$`,
    sees: ['units', 'domain', 'policy', 'risk', 'answers'],
    seesTypes: ['reading'],
    pure: true,
  },
  registry: {
    path: '^lib/venues/(registry|actions|models)\\.ts$',
    sees: ['units', 'domain', 'policy', 'risk', 'venue'],
    pure: true,
  },
  interchange: {
    path: '^lib/interchange/',
    sees: ['units', 'domain', 'policy', 'risk', 'answers', 'venue', 'registry'],
    pure: true,
  },
  compare: {
    path: '^lib/compare/',
    sees: ['units', 'domain', 'policy', 'risk', 'answers', 'venue', 'registry'],
    pure: true,
  },
  workers: {
    path: '^lib/workers/',
    sees: ['units', 'domain', 'policy', 'risk', 'scenarios', 'triggers', 'registry', 'interchange', 'watch'],
  },
  cli: { path: '^lib/cli/', sees: ['units', 'domain', 'policy', 'risk', 'registry', 'interchange'] },
  book: {
    path: '^lib/book/',
    sees: ['units', 'format', 'domain', 'policy', 'risk', 'scenarios', 'venue', 'registry', 'compare'],
    pure: true,
  },
  watch: {
    path: '^lib/watch/',
    sees: ['units', 'format', 'domain', 'policy', 'risk', 'scenarios', 'venue', 'registry', 'book', 'triggers'],
    pure: true,
  },
  config: { path: '^lib/config/', pathNot: '^lib/config/policy\\.ts$', sees: ['units', 'domain', 'policy'] },
  reading: {
    path: `^lib/venues/([^/]+/${VENUE_READING}|(?!(?:registry|actions|models|answers|decimal-term|find-[^/]+)\\.ts$)[^/]+)\\.ts$`,
    sees: ['units', 'domain', 'policy', 'risk', 'answers', 'venue', 'registry'],
  },
  feeds: {
    path: '^lib/feeds/',
    sees: ['units', 'format', 'domain', 'policy', 'risk', 'scenarios', 'registry', 'book'],
  },
  queries: {
    path: '^lib/queries/',
    sees: [
      'units',
      'format',
      'domain',
      'policy',
      'risk',
      'scenarios',
      'triggers',
      'alerts',
      'venue',
      'registry',
      'book',
      'reading',
      'feeds',
    ],
  },
  stores: {
    path: '^lib/stores/',
    sees: [
      'units',
      'format',
      'domain',
      'policy',
      'risk',
      'scenarios',
      'triggers',
      'alerts',
      'registry',
      'book',
      'feeds',
      'workers',
      'queries',
    ],
  },
  server: {
    path: '^lib/server/',
    sees: [
      'units',
      'format',
      'domain',
      'policy',
      'risk',
      'scenarios',
      'triggers',
      'alerts',
      'venue',
      'registry',
      'interchange',
      'book',
      'watch',
      'config',
      'reading',
      'feeds',
    ],
  },
  devnet: { path: '^lib/devnet/', sees: ['units', 'format', 'domain', 'policy', 'config'] },
  components: {
    path: '^components/',
    sees: [
      'units',
      'format',
      'domain',
      'policy',
      'risk',
      'scenarios',
      'triggers',
      'alerts',
      'registry',
      'compare',
      'book',
      'watch',
      'feeds',
      'queries',
      'workers',
      'stores',
    ],
    seesTypes: ['reading'],
  },
  app: {
    path: '^(app/|proxy\\.ts$|instrumentation(-client)?\\.ts$)',
    sees: [
      ...[
        'units',
        'format',
        'domain',
        'policy',
        'risk',
        'scenarios',
        'triggers',
        'alerts',
        'registry',
        'compare',
        'book',
      ],
      ...['config', 'reading', 'feeds', 'queries', 'stores', 'server', 'components'],
    ],
  },
};

const names = Object.keys(ROOMS);
/** @param {string} pattern */
const strip = (pattern) => pattern.replace(/^\^/, '');
/** @param {string} name */
const paths = (name) => [ROOMS[name].path];
/** @param {string} name */
const outside = (name) => (ROOMS[name].pathNot ? [TEST, ROOMS[name].pathNot] : [TEST]);

/** A room may import itself and what it sees; every other room, and what is no room at all (scripts, e2e, bench), is forbidden. */
const directionRules = names.map((name) => ({
  name: `direction-${name}`,
  comment: `${name} imports only: itself, ${ROOMS[name].sees.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: ROOMS[name].path, pathNot: outside(name) },
  to: {
    path: '^(app|components|lib|scripts|e2e|bench)/|^(proxy|instrumentation(-client)?)\\.ts$',
    pathNot: visible(name),
  },
}));

/**
 * Paths that `name` may import. A room whose folder holds files of another room is cut out by a negative lookahead, since `to` has one list only.
 * @param {string} name
 */
function visible(name) {
  return [name, ...ROOMS[name].sees, ...(ROOMS[name].seesTypes ?? [])].map((seen) => {
    const { path, pathNot } = ROOMS[seen];
    return pathNot ? `^(?!${strip(pathNot)})${strip(path)}` : path;
  });
}

/** Rooms of which only types may be imported, so that no code of theirs comes along. */
const typeRules = names
  .filter((name) => ROOMS[name].seesTypes)
  .map((name) => ({
    name: `types-only-${name}`,
    comment: `${name} takes only types from: ${ROOMS[name].seesTypes.join(', ')}`,
    severity: 'error',
    from: { path: ROOMS[name].path, pathNot: outside(name) },
    to: { path: ROOMS[name].seesTypes.flatMap(paths), dependencyTypesNot: ['type-only'] },
  }));

const PURE = names.filter((name) => ROOMS[name].pure);

/** A pure room computes: no clients, no view, no storage, nothing of the system. Schemas (zod/mini) hashes (@noble/hashes) and parsers of text (jsonc-parser, csv-parse) are pure too. */
const purityRules = PURE.flatMap((name) => [
  {
    name: `pure-${name}-packages`,
    comment: `${name} is pure: of packages it may import schemas, hashes and parsers alone`,
    severity: 'error',
    from: { path: ROOMS[name].path, pathNot: outside(name) },
    to: { path: 'node_modules', pathNot: 'node_modules/(zod|@noble/hashes|jsonc-parser|csv-parse)/' },
  },
  {
    name: `pure-${name}-system`,
    comment: `${name} is pure: nothing of Node`,
    severity: 'error',
    from: { path: ROOMS[name].path, pathNot: outside(name) },
    to: { dependencyTypes: ['core'] },
  },
]);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(server-only|client-only)$' },
    },
    {
      name: 'no-room-unknown',
      comment: 'a folder under lib/ that has no rules yet: give it a place in the order',
      severity: 'error',
      from: { path: '^lib/', pathNot: [TEST, ...names.flatMap(paths)] },
      to: {},
    },
    ...directionRules,
    ...typeRules,
    ...purityRules,
    {
      name: 'venues-apart',
      comment: 'no venue imports another venue',
      severity: 'error',
      from: { path: '^lib/venues/([^/]+)/' },
      to: { path: '^lib/venues/[^/]+/', pathNot: '^lib/venues/$1/' },
    },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: TEST },
      to: { path: TEST, pathNot: '^lib/devnet/' },
    },
    {
      name: 'devnet-stays-out',
      comment: 'the local chain belongs to scripts and tests',
      severity: 'error',
      from: {
        path: '^(app|components|lib)/|^(proxy|instrumentation(-client)?)\\.ts$',
        pathNot: ['^lib/devnet/', TEST],
      },
      to: { path: '^lib/devnet/' },
    },
    {
      name: 'server-in-app-only',
      comment:
        'what runs only on the server is imported by route handlers, server pages, proxy.ts and instrumentation.ts',
      severity: 'error',
      from: {
        path: '^(app|components|lib)/',
        pathNot: ['^lib/server/', '^app/(.*/|)(route|page|layout|not-found)\\.tsx?$', TEST],
      },
      to: { path: '^lib/server/' },
    },
    {
      name: 'secrets-for-delivery',
      comment: 'secrets of channels go into the storage and come out for whoever sends, and for nobody else',
      severity: 'error',
      from: { pathNot: ['^lib/server/delivery/', TEST] },
      to: { path: '^lib/server/storage/secrets-for-delivery\\.ts$' },
    },
    {
      name: 'database-in-storage',
      comment: 'whoever stores goes through the repositories',
      severity: 'error',
      from: {
        path: '^(app|components|lib)/|^(proxy|instrumentation(-client)?)\\.ts$',
        pathNot: ['^lib/server/storage/', TEST],
      },
      to: { path: 'node_modules/(kysely|pg|@types/pg|@electric-sql/pglite)/' },
    },
    {
      name: 'wagmi-in-its-island',
      comment: 'wallet code is loaded only when asked for: one folder',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: '^components/wallet/' },
      to: { path: 'node_modules/(wagmi|@wagmi)/' },
    },
    {
      name: 'no-viem-in-view',
      comment: 'components take figures from queries and stores; only the wallet speaks to a chain itself',
      severity: 'error',
      from: { path: '^(components|app|lib/stores)/', pathNot: ['^components/wallet/', TEST] },
      to: { path: 'node_modules/viem/' },
    },
    {
      name: 'no-react-below-components',
      severity: 'error',
      from: { path: '^lib/', pathNot: TEST },
      to: {
        path: 'node_modules/(react|react-dom|recharts|wagmi|nuqs|cmdk)/',
        pathNot: 'node_modules/nuqs/dist/server',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|\\.ballast|next-env\\.d\\.ts)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

/** Whether a file belongs to a room that promises to be pure; the boundaries check reads its text too. Not enumerable: no option of dependency-cruiser. */
Object.defineProperty(module.exports, 'isPure', {
  value: (/** @type {string} */ file) =>
    PURE.some(
      (name) => new RegExp(ROOMS[name].path).test(file) && !outside(name).some((not) => new RegExp(not).test(file)),
    ),
});
