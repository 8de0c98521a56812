import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { findChromium } from './app';
import { BenchmarkError } from './benchmark';

export interface LighthouseScores {
  /** 0 … 100. */
  readonly performance: number;
  readonly accessibility: number;
  /** The times behind the performance, for people. */
  readonly details: string;
}

const score = z.object({ score: z.nullable(z.number()) });
const reportSchema = z.object({
  runtimeError: z.optional(z.object({ message: z.string() })),
  runWarnings: z.array(z.string()),
  categories: z.object({ performance: score, accessibility: score }),
  audits: z.record(z.string(), z.object({ displayValue: z.optional(z.string()) })),
});

const DETAILS = [
  ['first-contentful-paint', 'FCP'],
  ['largest-contentful-paint', 'LCP'],
  ['total-blocking-time', 'TBT'],
  ['cumulative-layout-shift', 'CLS'],
  ['speed-index', 'SI'],
] as const;

/**
 * One run of Lighthouse, in a process and a browser profile of its own.
 *
 * Errors: `BenchmarkError` LIGHTHOUSE where it could not score the page.
 */
export async function runLighthouse(
  url: string,
  preset: 'desktop' | 'mobile',
  report: (message: string) => void,
): Promise<LighthouseScores> {
  const { executablePath, args } = await findChromium(report);
  const cli = join(dirname(createRequire(import.meta.url).resolve('lighthouse/package.json')), 'cli', 'index.js');
  const child = spawn(
    process.execPath,
    [
      cli,
      url,
      '--output=json',
      '--quiet',
      '--only-categories=performance,accessibility',
      `--chrome-flags=${['--headless=new', ...args].join(' ')}`,
      // Mobile is Lighthouse's own default and has no preset.
      ...(preset === 'desktop' ? ['--preset=desktop'] : []),
    ],
    { env: { ...process.env, CHROME_PATH: executablePath }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-1_000);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const failed = (why: string) =>
    new BenchmarkError('LIGHTHOUSE', `Lighthouse could not score the page: ${why}`, {
      nextStep: `npx lighthouse ${url} by itself says more.`,
    });
  if (code !== 0) throw failed(complaint.trim() || `exit code ${code}`);
  const parsed = reportSchema.safeParse(JSON.parse(output));
  if (!parsed.success) throw failed('its report has another shape');
  const { runtimeError, runWarnings, categories, audits } = parsed.data;
  const { performance, accessibility } = categories;
  if (runtimeError || performance.score === null || accessibility.score === null) {
    throw failed(runtimeError?.message ?? 'a category has no score');
  }
  return {
    performance: Math.round(performance.score * 100),
    accessibility: Math.round(accessibility.score * 100),
    details: [...DETAILS.map(([id, name]) => `${name} ${audits[id]?.displayValue ?? 'unknown'}`), ...runWarnings].join(
      ', ',
    ),
  };
}
