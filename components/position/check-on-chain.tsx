'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLiveContext } from '@/components/frame/live-context';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import { encodeJson } from '@/lib/domain/codec';
import { BallastError } from '@/lib/domain/errors';
import type { ChainCheck } from '@/lib/domain/position';
import { formatNumber } from '@/lib/format/format-number';
import { positionCheckOptions } from '@/lib/queries/position-check';
import type { Position } from '@/lib/venues/registry';
import { CopyButton } from './copy-button';
import { computeWorstDifference, describeCheck, formatCheckJson, formatFigureName } from './format-check-json';

const describeFailure = (failure: Error): string =>
  failure instanceof BallastError ? `${failure.code} ${encodeJson(failure.detail.inputs ?? {})}` : failure.message;

const showFigure = (value: bigint | boolean): string =>
  typeof value === 'bigint' ? value.toString() : value ? 'yes' : 'no';

function CheckTable({ check }: { readonly check: ChainCheck }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="overflow-x-auto" aria-label="The contract's figures beside ours" tabIndex={0}>
      <Table className="text-[13px]">
        <thead>
          <tr>
            <HeadCell>Figure</HeadCell>
            <HeadCell className="num !text-right">Contract, and ours below</HeadCell>
            <HeadCell className="num !text-right">Units off</HeadCell>
          </tr>
        </thead>
        <tbody>
          {check.figures.map((figure) => (
            <tr key={figure.name}>
              <Cell className="whitespace-normal">{formatFigureName(figure.name)}</Cell>
              <Cell className="num mono min-w-40 whitespace-normal break-all py-1">
                <span className="block leading-4">{showFigure(figure.contract)}</span>
                <span className="block text-muted leading-4">{showFigure(figure.ours)}</span>
              </Cell>
              <Cell className={classNames('num', figure.unitsOff === 0n ? 'text-safe' : 'text-liquidatable')}>
                {figure.unitsOff.toString()}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function CheckDetails({ check, position }: { readonly check: ChainCheck; readonly position: Position }) {
  const rpcUrl = new URL('/api/rpc', globalThis.location.origin).href;
  return (
    <>
      <p className="mb-2 text-[13px] text-muted">
        Asked <span className="mono">{check.functionName}</span> of{' '}
        <span className="mono break-all">{check.contract}</span> at block {formatNumber(Number(check.blockNumber), 0)},{' '}
        <span className="mono break-all">{check.blockHash}</span>. Figures in units of the last place.
      </p>
      {check.figures.length > 0 ? (
        <CheckTable check={check} />
      ) : (
        <Notice title="The contract decided nothing">
          A price that counts cannot be used, so the contract itself gives no figures at this block.
        </Notice>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <CopyButton label="Copy as JSON" text={() => formatCheckJson(check, position.id, rpcUrl)} />
        <span className="text-faint text-xs">with the call data and a command to repeat it</span>
      </div>
    </>
  );
}

/**
 * "Check on chain": asks the contract at the very block the figures were read at and says how many units of the last place ours are off.
 * A what-if plays no part in it.
 */
export function CheckOnChain({ position, blind }: { readonly position: Position; readonly blind: string | undefined }) {
  const { config } = useLiveContext();
  const [open, setOpen] = useState(false);
  const { mutate, data, error, isPending, variables } = useMutation(positionCheckOptions(config));
  // An answer about another position, or about this one on a chain that is gone, is no answer any more.
  const current = variables?.id === position.id && variables.chain.genesisHash === position.chain.genesisHash;
  const check = current ? data : undefined;
  const failure = current ? error : undefined;
  const worst = check && computeWorstDifference(check);
  const run = () => mutate(position);
  return (
    <>
      <Button
        onClick={() => {
          run();
          setOpen(true);
        }}
        disabled={blind !== undefined}
        aria-haspopup="dialog"
        title={blind ?? 'Ask the contract itself, at the same block'}
      >
        Check on chain
        {check && (
          <span className={classNames('font-semibold', worst === 0n ? 'text-safe' : 'text-liquidatable')}>
            {describeCheck(check)}
          </span>
        )}
      </Button>
      {open && (
        <Dialog
          title={check ? `The contract's own figures: ${describeCheck(check)}` : 'Check on chain'}
          onClose={() => setOpen(false)}
        >
          <div className="p-4" aria-busy={isPending}>
            {check && variables && <CheckDetails check={check} position={variables} />}
            {isPending && <p className="text-[13px] text-muted">Asking the contract…</p>}
            {failure && (
              <Notice
                tone="unknown"
                title="The check could not be made"
                details={describeFailure(failure)}
                actions={<Button onClick={run}>Try again</Button>}
              >
                {failure.message} Nothing is known about the difference.{' '}
                {failure instanceof BallastError && failure.detail.nextStep}
              </Notice>
            )}
          </div>
        </Dialog>
      )}
    </>
  );
}
