import { InvalidInputError } from '@/lib/domain/errors';
import { readPriceHistory } from '@/lib/interchange/read-price-history';
import { planPreview } from '@/lib/watch/backtest/plan-preview';
import { type Preview, type PreviewSource, type PreviewStep, runPreview } from '@/lib/watch/backtest/run-preview';
import type { JobSession } from '../job-protocol';
import { type JobProgress, withPhase } from '../run-steps';
import { matchColumns } from './match-columns';
import type { PreviewAssets, PreviewInput, PreviewJobs } from './preview-protocol';

const PHASES: Readonly<Record<PreviewStep['of'], string>> = {
  moments: 'Going through the prices',
  paths: 'Simulating',
};

interface OpenedSource {
  readonly source: PreviewSource;
  readonly notes: readonly string[];
}

function* openSource({ trigger, positions, source }: PreviewInput): Generator<JobProgress, OpenedSource> {
  switch (source.kind) {
    case 'simulated':
      return { source, notes: [] };
    case 'recorded':
      return { source: { kind: 'series', series: source.series }, notes: [] };
    case 'file': {
      const columns = yield* withPhase('Reading the file', source.text.length, readPriceHistory(source.text));
      const { series, unmatched } = matchColumns(columns, planPreview(trigger, positions).assets);
      return { source: { kind: 'series', series }, notes: unmatched };
    }
  }
}

/** Previews one after the other; nothing is kept between them. The core that a worker and the main thread run alike. */
export class PreviewSession implements JobSession<PreviewJobs> {
  start<Name extends keyof PreviewJobs & string>(
    name: Name,
    input: PreviewJobs[Name]['input'],
  ): Generator<JobProgress, PreviewJobs[Name]['output']> {
    // The record ties names to methods; TypeScript cannot follow that through a union.
    const jobs = { assets: this.assets, preview: this.preview } as unknown as {
      readonly [N in keyof PreviewJobs]: (
        given: PreviewJobs[N]['input'],
      ) => Generator<JobProgress, PreviewJobs[N]['output']>;
    };
    if (!Object.hasOwn(jobs, name)) throw new InvalidInputError('JOB', `There is no job "${String(name)}".`);
    return jobs[name].call(this, input);
  }

  private *assets({ trigger, positions }: PreviewJobs['assets']['input']): Generator<JobProgress, PreviewAssets> {
    yield { phase: 'Looking at the positions', done: 0, total: positions.length };
    return planPreview(trigger, positions).assets;
  }

  /** Errors: as of `runPreview`, `readPriceHistory` and `matchColumns`. */
  private *preview(input: PreviewInput): Generator<JobProgress, Preview> {
    const { source, notes } = yield* openSource(input);
    const { trigger, positions, wishedLeadMs } = input;
    const steps = runPreview({ trigger, positions, source, wishedLeadMs });
    for (;;) {
      const step = steps.next();
      if (step.done) return { ...step.value, assumptions: [...notes, ...step.value.assumptions] };
      const { of, done, total } = step.value;
      yield { phase: PHASES[of], done, total };
    }
  }
}
