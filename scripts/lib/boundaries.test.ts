import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './project.mjs';

/** Each import that must be refused, and the rule that must say so. */
const REFUSED: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['lib/units/a.ts', '@/lib/domain/b', 'direction-units'],
  ['lib/domain/a.ts', '@/lib/risk/b', 'direction-domain'],
  ['lib/config/policy.ts', '@/lib/risk/b', 'direction-policy'],
  ['lib/format/a.ts', '@/lib/book/b', 'direction-format'],
  ['lib/risk/a.ts', '@/lib/venues/aave-v3/rules', 'direction-risk'],
  ['lib/scenarios/a.ts', '@/lib/venues/registry', 'direction-scenarios'],
  ['lib/venues/aave-v3/a.ts', '@/lib/venues/registry', 'direction-venue'],
  ['lib/venues/aave-v3/a.ts', '@/lib/scenarios/b', 'direction-venue'],
  ['lib/venues/aave-v3/maths.ts', './read', 'types-only-venue'],
  ['lib/venues/registry.ts', '@/lib/venues/aave-v3/read', 'direction-registry'],
  ['lib/book/a.ts', '@/lib/feeds/b', 'direction-book'],
  ['lib/venues/aave-v3/read-x.ts', '@/lib/feeds/b', 'direction-reading'],
  ['lib/feeds/a.ts', '@/lib/venues/read-positions', 'direction-feeds'],
  ['lib/queries/a.ts', '@/lib/stores/b', 'direction-queries'],
  ['lib/stores/a.ts', '@/components/b', 'direction-stores'],
  ['lib/server/a.ts', '@/lib/stores/b', 'direction-server'],
  ['lib/devnet/a.ts', '@/lib/venues/registry', 'direction-devnet'],
  ['components/a.ts', '@/app/b', 'direction-components'],
  ['components/a.ts', '@/lib/venues/aave-v3/rules', 'direction-components'],
  ['components/a.ts', '@/lib/venues/read-positions', 'types-only-components'],
  ['components/a.ts', '@/lib/server/b', 'server-in-app-only'],
  ['app/helper.ts', '@/lib/server/b', 'server-in-app-only'],
  ['app/page.tsx', '@/lib/devnet/b', 'devnet-stays-out'],
  ['lib/queries/a.ts', '@/lib/devnet/b', 'devnet-stays-out'],
  ['lib/book/a.ts', '@/scripts/b', 'direction-book'],
  ['lib/venues/aave-v3/a.ts', '@/lib/venues/morpho-blue/rules', 'venues-apart'],
  ['lib/venues/aave-v3/read-x.ts', '@/lib/venues/morpho-blue/read', 'venues-apart'],
  ['lib/unheard-of/a.ts', '@/lib/units/b', 'no-room-unknown'],
  ['lib/book/a.ts', '@/lib/book/b.test', 'no-tests-in-product'],
  ['lib/units/a.ts', './missing', 'no-unresolved'],
  ['lib/risk/a.ts', 'viem', 'pure-risk-packages'],
  ['lib/venues/aave-v3/a.ts', 'viem', 'pure-venue-packages'],
  ['lib/book/a.ts', 'react', 'no-react-below-components'],
  ['lib/stores/a.ts', 'react', 'no-react-below-components'],
  ['lib/domain/a.ts', 'node:fs', 'pure-domain-system'],
  ['components/a.ts', 'viem', 'no-viem-in-view'],
  ['components/a.ts', 'wagmi', 'wagmi-in-its-island'],
  ['lib/queries/a.ts', '@wagmi/core', 'wagmi-in-its-island'],
  ['lib/server/a.ts', '@/lib/server/storage/secrets-for-delivery', 'secrets-for-delivery'],
  ['app/api/channels/route.ts', '@/lib/server/storage/secrets-for-delivery', 'secrets-for-delivery'],
  ['lib/server/a.ts', 'kysely', 'database-in-storage'],
  ['instrumentation.ts', 'pg', 'database-in-storage'],
];

/** Imports that must pass, so that no rule is one that refuses everything. */
const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ['lib/domain/ok.ts', '@/lib/units/b'],
  ['lib/domain/ok.ts', 'zod/mini'],
  ['lib/risk/ok.ts', '@/lib/config/policy'],
  ['lib/risk/ok.test.ts', 'node:fs'],
  ['lib/venues/aave-v3/abi.ts', 'viem'],
  ['lib/venues/aave-v3/ok.chain.test.ts', '@/lib/devnet/b'],
  ['lib/venues/registry.ts', '@/lib/venues/aave-v3/rules'],
  ['lib/venues/read-positions.ts', '@/lib/venues/aave-v3/read'],
  ['lib/venues/multicall.ts', 'viem'],
  ['lib/queries/ok.ts', '@/lib/venues/read-positions'],
  ['lib/stores/ok.ts', '@/lib/feeds/b'],
  ['lib/server/ok.ts', '@/lib/venues/read-positions'],
  ['lib/server/storage/ok.ts', 'kysely'],
  ['lib/server/delivery/ok.ts', '@/lib/server/storage/secrets-for-delivery'],
  ['components/ok.ts', '@/lib/stores/b'],
  ['components/wallet/ok.ts', 'wagmi'],
  ['components/wallet/ok.ts', 'viem'],
  ['app/api/health/route.ts', '@/lib/server/b'],
  ['app/layout.tsx', '@/components/b'],
  ['proxy.ts', '@/lib/server/b'],
  ['instrumentation.ts', '@/lib/server/b'],
];

let root = '';
let found: Set<string>;

/** Writes one small tree with all those imports in it and lets dependency-cruiser judge it by the project's own rules. */
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ballast-boundaries-'));
  const files = new Map<string, string>();
  const add = (file: string, text: string) => files.set(file, (files.get(file) ?? 'export const here = 1;\n') + text);
  for (const [from, to] of [...REFUSED, ...ALLOWED]) {
    add(from, `export * from '${to}';\n`);
    if (to.startsWith('@/')) add(`${to.slice(2)}.ts`, '');
  }
  for (const venue of ['aave-v3', 'morpho-blue']) add(`lib/venues/${venue}/read.ts`, '');
  // A cycle: a ↔ b.
  add('lib/units/round-a.ts', "export * from './round-b';\n");
  add('lib/units/round-b.ts', "export * from './round-a';\n");
  for (const name of ['viem', 'react', 'wagmi', '@wagmi/core', 'zod/mini', 'kysely', 'pg']) {
    files.set(`node_modules/${name}/index.js`, 'export const there = 1;\n');
    files.set(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
  }
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const paths = { '@/*': ['./*'] };
  writeFileSync(
    join(root, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { moduleResolution: 'bundler', module: 'esnext', paths } }),
  );
  cpSync(join(ROOT, '.dependency-cruiser.cjs'), join(root, 'rules.cjs'));
  const rules = createRequire(import.meta.url)(join(root, 'rules.cjs'));
  const { options, ...ruleSet } = rules;
  const { output } = await cruise(
    ['app', 'components', 'lib', 'proxy.ts', 'instrumentation.ts'],
    { ...options, tsConfig: undefined, ruleSet, validate: true, baseDir: root },
    { ...options.enhancedResolveOptions, alias: { '@': root } },
  );
  const { violations } = (output as ICruiseResult).summary;
  found = new Set(violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`));
}, 60_000);

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('boundaries', () => {
  it.each(REFUSED)('%s must not import %s (%s)', (from, to, rule) => {
    const target = to.replace(/^@\//, '').replace(/^\.\//, '');
    const hits = [...found].filter(
      (line) => line.startsWith(`${rule}: ${from} → `) && line.includes(target.replace('node:', '')),
    );
    expect(hits, [...found].filter((line) => line.includes(from)).join('\n')).not.toEqual([]);
  });

  it.each(ALLOWED)('%s may import %s', (from, to) => {
    const target = to.replace(/^@\//, '');
    expect([...found].filter((line) => line.includes(`: ${from} → `) && line.includes(target))).toEqual([]);
  });

  it('refuses a cycle', () => {
    expect([...found].filter((line) => line.startsWith('no-cycles: lib/units/round-'))).not.toEqual([]);
  });
});
