import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AAVE_CONTRACTS, type Artifact, type Artifacts, LOCAL_CONTRACTS, MORPHO_CONTRACTS } from './artifacts';
import { CompileError } from './devnet-error';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '..', '..');
const MODULES = join(ROOT, 'node_modules');
const LOCAL_DIR = join(HERE, 'contracts');
const AAVE = '@aave-dao/aave-v3-origin/src/contracts/';

interface CompileGroup {
  readonly name: string;
  readonly compiler: 'solc-0.8.19' | 'solc-0.8.27';
  readonly contracts: readonly string[];
  readonly entries: readonly string[];
  readonly remappings: readonly (readonly [prefix: string, target: string])[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** Packages whose versions decide what the sources say. */
  readonly packages: readonly string[];
}

const GROUPS: readonly CompileGroup[] = [
  {
    name: 'Aave v3.6',
    compiler: 'solc-0.8.27',
    contracts: AAVE_CONTRACTS,
    entries: [
      'protocol/configuration/PoolAddressesProvider.sol',
      'protocol/configuration/PoolAddressesProviderRegistry.sol',
      'protocol/configuration/ACLManager.sol',
      'instances/PoolInstance.sol',
      'instances/PoolConfiguratorInstance.sol',
      'instances/ATokenInstance.sol',
      'instances/VariableDebtTokenInstance.sol',
      'misc/AaveOracle.sol',
      'misc/DefaultReserveInterestRateStrategyV2.sol',
      'helpers/AaveProtocolDataProvider.sol',
      'helpers/UiPoolDataProviderV3.sol',
      'helpers/LiquidationDataProvider.sol',
      'rewards/RewardsController.sol',
      'rewards/EmissionManager.sol',
      'mocks/testnet-helpers/TestnetERC20.sol',
    ].map((path) => `${AAVE}${path}`),
    remappings: [
      ['openzeppelin-contracts-upgradeable/contracts/', '@openzeppelin/contracts-upgradeable/'],
      ['openzeppelin-contracts/contracts/', '@openzeppelin/contracts/'],
      ['solidity-utils/', '@bgd-labs/solidity-utils/src/'],
    ],
    settings: {
      optimizer: { enabled: true, runs: 200 },
      evmVersion: 'shanghai',
      metadata: { bytecodeHash: 'none' },
    },
    packages: [
      '@aave-dao/aave-v3-origin',
      '@openzeppelin/contracts',
      '@openzeppelin/contracts-upgradeable',
      '@bgd-labs/solidity-utils',
    ],
  },
  {
    name: 'Morpho Blue',
    compiler: 'solc-0.8.19',
    contracts: MORPHO_CONTRACTS,
    entries: ['@morpho-org/morpho-blue/src/Morpho.sol'],
    remappings: [],
    // The settings Morpho Blue was deployed with on Ethereum.
    settings: {
      viaIR: true,
      optimizer: { enabled: true, runs: 999_999 },
      evmVersion: 'paris',
      metadata: { bytecodeHash: 'none' },
    },
    packages: ['@morpho-org/morpho-blue'],
  },
  {
    name: 'local feeds and helpers',
    compiler: 'solc-0.8.27',
    contracts: LOCAL_CONTRACTS,
    entries: LOCAL_CONTRACTS.map((name) => `local/${name}.sol`),
    remappings: [],
    settings: {
      optimizer: { enabled: true, runs: 200 },
      evmVersion: 'shanghai',
      metadata: { bytecodeHash: 'none' },
    },
    packages: ['@openzeppelin/contracts'],
  },
];

/** The compiler tells nothing while it works: so often is said that it still does. */
const TELL_EVERY_MS = 5_000;

/** Where compiled contracts are kept: outside what is tracked. */
const cacheDir = (): string => join(process.env.BALLAST_CACHE_DIR ?? join(ROOT, '.ballast'), 'contracts');

/**
 * Everything the output depends on: settings, compiler and package versions, our own sources, and the worker that compiles.
 * Packages count by version, not by content: the lockfile's integrity hashes already vouch for that.
 */
function computeGroupKey(group: CompileGroup): string {
  const require = createRequire(import.meta.url);
  const hash = createHash('sha256').update(JSON.stringify(group));
  for (const name of [group.compiler, ...group.packages]) {
    const manifest = JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')) as { version: string };
    hash.update(`${name}@${manifest.version}\n`);
  }
  if (group.entries.some((entry) => entry.startsWith('local/'))) {
    for (const file of readdirSync(LOCAL_DIR).sort()) hash.update(readFileSync(join(LOCAL_DIR, file)));
  }
  hash.update(readFileSync(require.resolve('./compile-worker.mjs')));
  return hash.digest('hex').slice(0, 32);
}

function runWorker(job: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(HERE, 'compile-worker.mjs')], { stdio: ['pipe', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new CompileError('SOLIDITY', `The Solidity compiler ended with ${code ?? signal}: ${errors}`));
    });
    child.stdin.end(JSON.stringify(job));
  });
}

async function readOrCompileGroup(
  group: CompileGroup,
  report: (message: string) => void,
): Promise<Record<string, Artifact>> {
  const directory = cacheDir();
  const file = join(directory, `${computeGroupKey(group)}.json`);
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true });
    const startedMs = performance.now();
    const tell = (what: string) => {
      const seconds = Math.round((performance.now() - startedMs) / 1_000);
      report(`compiling contracts (once): ${group.name} ${what}${seconds > 0 ? ` ${seconds} s` : ''}`);
    };
    tell('…');
    const ticking = setInterval(() => tell('…'), TELL_EVERY_MS);
    const outputFile = `${file}.${process.pid}`;
    try {
      await runWorker({ ...group, modules: MODULES, localDir: LOCAL_DIR, outputFile });
      // A rename is atomic: a reader sees the whole file or none, even when two processes compile at once.
      renameSync(outputFile, file);
      tell('done in');
    } finally {
      clearInterval(ticking);
      rmSync(outputFile, { force: true });
    }
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Artifact>;
}

/**
 * All contracts of the local chain, compiled from the installed packages and from `contracts/`; the first call takes about half a minute,
 * later ones read a cache keyed by inputs and settings (`BALLAST_CACHE_DIR`, else `.ballast`).
 *
 * Errors: `CompileError` SOLIDITY with the compiler's own messages.
 */
export async function compileContracts(report: (message: string) => void = () => {}): Promise<Artifacts> {
  const merged: Record<string, Artifact> = {};
  for (const group of GROUPS) Object.assign(merged, await readOrCompileGroup(group, report));
  return merged as Artifacts;
}
