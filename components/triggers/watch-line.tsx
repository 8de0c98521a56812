import type { WatchWords } from '@/components/alerts/describe-status';
import { Tag } from '@/components/ui/tag';

/** Whether anything is watched now: never "armed" when it is not. */
export function WatchLine({ watch }: { readonly watch: WatchWords }) {
  const { tone, word, meaning } = watch;
  return (
    <p role="status" className="flex min-w-0 flex-wrap items-center gap-2 text-[13px] text-muted">
      <Tag tone={tone}>{word}</Tag>
      <span>{meaning}</span>
    </p>
  );
}
