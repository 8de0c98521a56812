import { Tag } from '@/components/ui/tag';

const TONES = { critical: 'liquidatable', warning: 'warning' } as const;

/** How loud a trigger is: a word with a shape of its own. */
export function SeverityTag({ severity }: { readonly severity: string }) {
  const tone = severity === 'critical' || severity === 'warning' ? TONES[severity] : undefined;
  if (tone) return <Tag tone={tone}>{severity}</Tag>;
  return (
    <Tag tone="accent">
      <svg aria-hidden="true" width="8" height="8" viewBox="0 0 8 8" className="shrink-0">
        <path d="M1.2 1.2h5.6v5.6H1.2z" fill="none" stroke="currentColor" strokeWidth="1.4" />
      </svg>
      {severity}
    </Tag>
  );
}
