import { memo } from 'react';
import { Tag } from '@/components/ui/tag';
import type { RiskClass } from '@/lib/risk/risk-class';

/** The risk class as a word and a shape; why, where it needs saying, on hover and to those who listen. */
export const RiskTag = memo(function RiskTag({
  riskClass,
  note,
}: {
  readonly riskClass: RiskClass;
  readonly note?: string | undefined;
}) {
  return (
    <Tag tone={riskClass} title={note}>
      {riskClass}
      {note && <span className="sr-only">: {note}</span>}
    </Tag>
  );
});
