import type { App } from './app';
import type { Benchmark, BenchmarkContext, Figure } from './benchmark';
import { type LoadedScript, measureScripts } from './measure-scripts';
import { type LighthouseScores, runLighthouse } from './run-lighthouse';
import { computeMedian } from './statistics';

const LIGHTHOUSE_RUNS = 5;
const KILOBYTE = 1_000;

const sumKb = (scripts: readonly LoadedScript[]): number =>
  scripts.reduce((total, { bytes }) => total + bytes, 0) / KILOBYTE;

/** The heaviest first: "73.4 KB react-dom". */
const formatHeaviest = (scripts: readonly LoadedScript[], count: number): string =>
  [...scripts]
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, count)
    .map(({ content, bytes }) => `${(bytes / KILOBYTE).toFixed(1)} KB ${content}`)
    .join(', ');

async function measureBytes({ report, explain }: BenchmarkContext, app: App): Promise<readonly Figure[]> {
  report('firstLoad: scripts of a cold load …');
  const { scripts, documentBytes, firstPaintMs, liveMs } = await measureScripts(app.url, report);
  const beforePaint = scripts.filter(({ requestedMs }) => requestedMs <= firstPaintMs);
  const untilFigures = scripts.filter(({ requestedMs }) => requestedMs <= liveMs);
  for (const { name, content, bytes, rawBytes, requestedMs } of scripts) {
    const phase = requestedMs <= firstPaintMs ? 'before paint' : requestedMs <= liveMs ? 'until live' : 'later';
    explain(
      `${(bytes / KILOBYTE).toFixed(1).padStart(7)} KB gzip, ${(rawBytes / KILOBYTE).toFixed(0).padStart(5)} KB plain, at ${requestedMs.toFixed(0).padStart(5)} ms (${phase}): ${content} (${name})`,
    );
  }
  return [
    {
      id: 'firstLoad.beforePaint.gzipKb',
      value: sumKb(beforePaint),
      unit: 'KB',
      note: `${beforePaint.length} scripts requested before the first paint (which already shows the server's figures), each counted whole; the document is ${(documentBytes / KILOBYTE).toFixed(1)} KB more; heaviest: ${formatHeaviest(beforePaint, 4)}`,
      aim: { atMost: 200 },
    },
    {
      id: 'firstLoad.untilFigures.gzipKb',
      value: sumKb(untilFigures),
      unit: 'KB',
      note: `${untilFigures.length} scripts until the page has read the chain itself and drawn the answer; after the paint: ${formatHeaviest(
        untilFigures.filter((script) => !beforePaint.includes(script)),
        4,
      )}`,
      aim: { atMost: 300 },
    },
  ];
}

async function measureLighthouse(
  { report, explain }: BenchmarkContext,
  app: App,
  preset: 'desktop' | 'mobile',
): Promise<LighthouseScores> {
  const runs: LighthouseScores[] = [];
  for (let run = 1; run <= LIGHTHOUSE_RUNS; run++) {
    report(`firstLoad: Lighthouse, ${preset}, ${run} of ${LIGHTHOUSE_RUNS} …`);
    // On a busy machine its own protocol times out now and then: once more, and then no more.
    const scores = await runLighthouse(app.url, preset, report).catch((error: Error) => {
      report(`firstLoad: ${error.message}; once more …`);
      return runLighthouse(app.url, preset, report);
    });
    runs.push(scores);
    explain(
      `${preset} ${run}: performance ${scores.performance}, accessibility ${scores.accessibility}; ${scores.details}`,
    );
  }
  return {
    performance: computeMedian(runs.map(({ performance }) => performance)),
    accessibility: computeMedian(runs.map(({ accessibility }) => accessibility)),
    details: [...runs].sort((a, b) => a.performance - b.performance)[Math.floor(LIGHTHOUSE_RUNS / 2)]?.details ?? '',
  };
}

/** What a first visit costs: script bytes from a cold cache, and Lighthouse's scores, against the production build with live data. */
export const firstLoad: Benchmark = {
  name: 'firstLoad',
  async run(context) {
    const app = await context.startApp();
    try {
      context.record(...(await measureBytes(context, app)));
      const of = `median of ${LIGHTHOUSE_RUNS}`;
      const desktop = await measureLighthouse(context, app, 'desktop');
      context.record(
        {
          id: 'lighthouse.performance',
          value: desktop.performance,
          unit: 'points',
          note: `${of}, desktop preset; ${desktop.details}`,
          aim: { atLeast: 95 },
        },
        {
          id: 'lighthouse.accessibility',
          value: desktop.accessibility,
          unit: 'points',
          note: `${of}, desktop preset`,
          aim: { atLeast: 95 },
        },
      );
      const mobile = await measureLighthouse(context, app, 'mobile');
      context.record({
        id: 'lighthouse.mobilePerformance',
        value: mobile.performance,
        unit: 'points',
        note: `${of}, mobile preset (simulated slow 4G, processor four times slower), accessibility ${mobile.accessibility}; ${mobile.details}`,
        aim: { atLeast: 80 },
      });
    } finally {
      await app.stop();
    }
  },
};
