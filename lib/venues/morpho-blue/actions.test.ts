import { expect, test } from 'vitest';
import { toOptional } from '@/lib/domain/known';
import { morphoBlueActions } from './actions';
import { examplePosition, feedSide, usdc, wstETH } from './testing';

test('a position that a liquidator would take: repaying all of the debt leaves nothing to take', () => {
  const position = examplePosition({ base: feedSide(wstETH, 2_700n * 10n ** 8n), price: 2_700n * 10n ** 24n });
  const steps = (subject: typeof position) => toOptional(morphoBlueActions.computeOutcome(subject, {}))?.steps;
  expect(steps(position)).toMatchObject([{ pair: morphoBlueActions.listPairs(position)[0] }]);
  const repayAll = { kind: 'repay', asset: usdc.id, amount: 24_000n * 10n ** 6n } as const;
  expect(morphoBlueActions.findObstacle(position, repayAll)).toBeUndefined();
  const after = morphoBlueActions.applyChange(position, repayAll);
  expect(steps(after)).toEqual([]);
  expect(morphoBlueActions.listPairs(after)).toEqual([]);
  expect(toOptional(morphoBlueActions.toBook(after))?.position.debt).toEqual([]);
});
