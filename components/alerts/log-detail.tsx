'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { formatFixed } from '@/lib/format/format-fixed';
import { Acknowledgement } from './acknowledgement';
import { DeliveryList } from './delivery-list';
import { FiringInputs, FiringValues } from './firing-figures';
import { positionPathOf } from './firing-links';
import { RestMenu } from './rest-menu';

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="min-w-0">
    <h3 className="mb-1 font-medium text-muted text-xs">{title}</h3>
    {children}
  </section>
);

export interface LogDetailProps {
  readonly alert: LoggedFiring;
  readonly isBusy: boolean;
  readonly onAcknowledge: (note: string | null) => void;
}

/** Everything that is recorded of a firing, enough to compute it again, and what can be done about it. */
export function LogDetail({ alert, isBusy, onAcknowledge }: LogDetailProps) {
  const { firing, triggerName, deliveries } = alert;
  const { triggerId, values, inputs, block, remedy } = firing;
  const position = positionPathOf(alert);
  return (
    <div className="grid gap-3 bg-sunken px-3 py-3 text-[13px]">
      <Acknowledgement {...{ alert, isBusy, onAcknowledge }} />
      {remedy && (
        <Part title="Cheapest remedy">
          {remedy}{' '}
          {position && (
            <Link href={position} prefetch={false} className="text-accent underline">
              Open the position
            </Link>
          )}
        </Part>
      )}
      <Part title="Values at the firing">
        <FiringValues values={values} />
      </Part>
      {inputs.length > 0 && (
        <Part title="Prices it stands on">
          <FiringInputs inputs={inputs} />
        </Part>
      )}
      <Part title="Channels">
        <DeliveryList deliveries={deliveries} />
      </Part>
      <Part title="Record">
        <p className="text-muted">
          {block ? (
            <>
              Block {formatFixed(BigInt(block.number), 0, 0)} <span className="mono break-all">{block.hash}</span>
            </>
          ) : (
            'No block: it is of a book from a file.'
          )}
          {' · '}trigger version {firing.triggerVersion} · firing {firing.episode} of {firing.subjectName} · engine{' '}
          {firing.engineVersion}
        </p>
      </Part>
      <div className="flex flex-wrap items-center gap-2">
        <RestMenu {...{ triggerId, triggerName }} />
        <Link
          href={`/triggers/log?trigger=${encodeURIComponent(triggerId)}`}
          prefetch={false}
          className="text-accent hover:underline"
        >
          All it fired
        </Link>
        {!remedy && position && (
          <Link href={position} prefetch={false} className="text-accent hover:underline">
            Open the position
          </Link>
        )}
      </div>
    </div>
  );
}
