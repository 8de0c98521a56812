import type { ReactNode } from 'react';
import { classNames } from './class-names';

/** A part of a page under its own heading. */
export function Panel({
  title,
  detail,
  actions,
  children,
  className,
}: {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <section className={classNames('min-w-0 rounded-lg border border-line bg-panel px-3.5 py-3', className)}>
      <header className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold text-[13px]">
          {title}
          {detail && <small className="ml-1.5 font-normal text-[11px] text-faint">{detail}</small>}
        </h2>
        {actions && <div className="flex items-center gap-2">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
