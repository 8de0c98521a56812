'use client';

import type { KeyboardEvent, ReactNode } from 'react';
import { classNames } from './class-names';
import { Icon } from './icon';
import { Popover } from './popover';

export interface MenuItem {
  readonly key: string;
  readonly label: ReactNode;
  /** Second line, quieter. */
  readonly detail?: string;
  /** Given: the item is a choice and shows whether it is taken. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** Keeps the menu open, for choices of several. */
  readonly keepOpen?: boolean;
  readonly onSelect: () => void;
}

export interface MenuProps {
  readonly trigger: ReactNode;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly className?: string;
  readonly empty?: string;
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items[(next + items.length) % items.length]?.focus();
}

/** A menu: arrow keys, Home and End move, Enter takes, Esc closes. */
export function Menu({ trigger, label, items, className, empty }: MenuProps) {
  return (
    <Popover trigger={trigger} label={label} role="menu" panelClassName="p-1" {...(className ? { className } : {})}>
      {(close) => (
        <div role="none" onKeyDown={moveFocus} className="min-w-44">
          {items.length === 0 && <p className="px-2.5 py-1.5 text-[13px] text-faint">{empty}</p>}
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              tabIndex={-1}
              disabled={item.disabled}
              role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
              {...(item.checked === undefined ? {} : { 'aria-checked': item.checked })}
              onClick={() => {
                item.onSelect();
                if (!item.keepOpen) close();
              }}
              className="flex w-full items-center gap-2 rounded-md px-2.5 py-1.5 text-left text-[13px] -outline-offset-2 hover:bg-sunken focus:bg-sunken disabled:opacity-50"
            >
              {item.checked !== undefined && (
                <span className={classNames('text-accent', !item.checked && 'invisible')}>
                  <Icon name="check" size={14} />
                </span>
              )}
              <span className="min-w-0">
                <span className="block">{item.label}</span>
                {item.detail && <span className="block max-w-72 text-faint text-xs">{item.detail}</span>}
              </span>
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}
