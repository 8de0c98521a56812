'use client';

import { Panel } from '@/components/ui/panel';
import type { DraftReading } from '@/lib/triggers/form/read-draft';

/** What the trigger will do, in one sentence, as it is typed. */
export function SentencePanel({ reading }: { readonly reading: DraftReading }) {
  const count = reading.faults.length;
  return (
    <Panel title="What it will do">
      <p
        aria-live="polite"
        className={reading.sentence === undefined ? 'text-[13px] text-muted' : 'text-[15px] leading-6'}
      >
        {reading.sentence ??
          `It is not whole yet: ${count === 1 ? 'one field needs' : `${count} fields need`} another look.`}
      </p>
    </Panel>
  );
}
