import type { ChainCheck } from '@/lib/domain/position';

const asText = (value: bigint | boolean): string | boolean => (typeof value === 'bigint' ? value.toString() : value);

/**
 * A check as JSON that anyone can repeat: what was asked of which contract at which block, its raw answer, our figures, and the same
 * request as a command against this app's own RPC route. Integers are decimal strings.
 */
export function formatCheckJson(check: ChainCheck, position: string, rpcUrl: string): string {
  const request = {
    jsonrpc: '2.0',
    id: 1,
    method: 'eth_call',
    params: [{ to: check.contract, data: check.calldata }, { blockHash: check.blockHash }],
  };
  return JSON.stringify(
    {
      position,
      blockNumber: check.blockNumber.toString(),
      blockHash: check.blockHash,
      contract: check.contract,
      function: check.functionName,
      calldata: check.calldata,
      answer: check.answer,
      figures: check.figures.map(({ name, contract, ours, unitsOff }) => ({
        name,
        contract: asText(contract),
        ours: asText(ours),
        unitsOff: unitsOff.toString(),
      })),
      request,
      curl: `curl -s ${rpcUrl} -H 'content-type: application/json' -d '${JSON.stringify(request)}'`,
    },
    null,
    2,
  );
}

/** The worst difference of a check, in units of the last place; `undefined` where the contract decided nothing. */
export const computeWorstDifference = (check: ChainCheck): bigint | undefined =>
  check.figures.reduce<bigint | undefined>(
    (worst, { unitsOff }) => (worst === undefined || unitsOff > worst ? unitsOff : worst),
    undefined,
  );

/** "equal, 0 units off", "3 units off", or that there was nothing to compare. */
export function describeCheck(check: ChainCheck): string {
  const worst = computeWorstDifference(check);
  if (worst === undefined) return 'nothing to compare';
  if (worst === 0n) return 'equal, 0 units off';
  return `${worst} ${worst === 1n ? 'unit' : 'units'} off`;
}

/** A figure's name in words: "totalDebtBase" is "total debt base". */
export const formatFigureName = (name: string): string => name.replace(/([A-Z])/g, ' $1').toLowerCase();
