import { afterEach, expect, test } from 'vitest';
import { findPort } from './anvil';
import { ChainLife } from './chain-life';
import type { ChainSession } from './chain-session';
import { compileContracts } from './compile';
import { MarketRunner } from './market-runner';

let life: ChainLife | undefined;
afterEach(() => life?.stop());

test('a chain that could not be taken into use is ended, and the next one is had at the same port', async () => {
  const port = await findPort();
  const market = new MarketRunner({ seed: 1, frozen: true, now: () => 0 });
  const reports: string[] = [];
  const opened: ChainSession[] = [];
  life = new ChainLife({
    port,
    artifacts: await compileContracts(),
    readAnswers: () => market.answers,
    readTimeMs: () => market.timeMs,
    report: (message) => reports.push(message),
    onStatus: () => {},
    onOpened: async (session) => {
      opened.push(session);
      if (opened.length === 1) throw new Error('a read timed out');
    },
  });
  life.start();
  await life.ready;
  expect(reports).toContain('the chain could not be set up: a read timed out');
  expect(reports.filter((text) => /could not be set up/.test(text))).toHaveLength(1);
  expect(opened.map(({ anvil }) => anvil.port)).toEqual([port, port]);
  expect(opened[1]?.anvil.pid).toBe(life.pid);
  expect(life.readState()).toMatchObject({ status: 'ready', restarts: 1 });
  await opened[0]?.anvil.exited;
});
