import type { ComponentProps } from 'react';
import { classNames } from './class-names';

const KINDS = {
  outline: 'border border-line bg-panel text-text hover:bg-sunken',
  accent: 'border border-accent bg-panel text-accent hover:bg-accent-weak',
  primary: 'border border-accent bg-accent text-on-accent hover:opacity-90',
  quiet: 'border border-transparent text-muted hover:bg-sunken hover:text-text',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: keyof typeof KINDS;
}

/** Looks of a button, for links that must look like one. */
export const buttonClass = (kind: keyof typeof KINDS = 'outline'): string =>
  classNames(
    'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md px-2.5 text-[13px] disabled:opacity-50',
    KINDS[kind],
  );

/** A button of 28 px: `outline` by default, `accent` and `primary` for the one action meant, `quiet` within other controls. */
export function Button({ kind, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={classNames(buttonClass(kind), className)} {...rest} />;
}
