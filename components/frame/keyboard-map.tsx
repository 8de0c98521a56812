'use client';

import { Dialog } from '@/components/ui/dialog';
import { KEY_MAP } from './shortcuts';

/** Every key and what it does. */
export function KeyboardMap({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <dl className="grid gap-x-8 px-4 py-2 sm:grid-cols-2">
        {KEY_MAP.map(({ keys, text }) => (
          <div key={text} className="flex items-center justify-between gap-4 py-1.5">
            <dt className="text-muted">{text}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <kbd key={key} className="kbd whitespace-nowrap">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
