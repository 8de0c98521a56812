import { BallastError } from '@/lib/domain/errors';
import type { App } from './app';
import type { SeededChain } from './seeded-chain';

/** What a figure should reach; a miss is reported, and is no failure. */
export type Aim = { readonly atMost: number } | { readonly atLeast: number };

export interface Figure {
  /** `<benchmark>.<what>`: stable, since programs compare figures over time by it. */
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  /** How it was measured, and what a reader needs to judge it. */
  readonly note: string;
  readonly aim?: Aim;
}

export interface BenchmarkContext {
  /** Progress, for people: never on standard output. */
  readonly report: (message: string) => void;
  /** Takes figures as soon as they are measured: what fails later does not lose them. */
  readonly record: (...figures: readonly Figure[]) => void;
  /** Lines that explain a figure piece by piece, shown with `--verbose`. */
  readonly explain: (line: string) => void;
  /** The chain with 10,000 accounts, made by whoever asks first and shared by all of one call. */
  readonly openSeededChain: () => Promise<SeededChain>;
  /** The real launcher with a chain and an app of its own; the caller stops it, so that it does not disturb what is measured next. */
  readonly startApp: () => Promise<App>;
}

/** One file in this folder each, and one line in `registry.ts`. */
export interface Benchmark {
  readonly name: string;
  /** Errors: `BenchmarkError` WRONG_ANSWER where figures that must be equal are not: speed then says nothing. */
  run(context: BenchmarkContext): Promise<void>;
}

/** A benchmark that cannot be believed (WRONG_ANSWER) or could not be run. */
export class BenchmarkError extends BallastError {}
