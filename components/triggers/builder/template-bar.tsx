'use client';

import { Button } from '@/components/ui/button';
import { applyTemplate, listTemplatesOf } from '@/lib/triggers/form/templates';
import type { TriggerDraft } from '@/lib/triggers/form/trigger-draft';

/** What people ask for most, to begin with. */
export function TemplateBar({
  draft,
  set,
}: {
  readonly draft: TriggerDraft;
  readonly set: (change: Partial<TriggerDraft>) => void;
}) {
  return (
    <section aria-label="Begin with" className="mb-3 flex flex-wrap items-center gap-2">
      <span className="text-[13px] text-muted">Begin with</span>
      {listTemplatesOf(draft.scope.type).map((template) => (
        <Button key={template.id} title={template.detail} onClick={() => set(applyTemplate(draft, template))}>
          {template.title}
        </Button>
      ))}
    </section>
  );
}
