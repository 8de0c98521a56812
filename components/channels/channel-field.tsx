'use client';

import { type ReactNode, useId } from 'react';
import { Button } from '@/components/ui/button';
import type { ChannelField as Field } from '@/lib/alerts/channel-list';
import type { SecretDraft } from './channel-draft';

const INPUT = 'h-8 w-full rounded-md border border-edge bg-panel px-2 text-[13px] aria-invalid:border-liquidatable';

/** A labelled input with its hint, and its fault where it has one. */
export function FieldFrame({
  label,
  hint,
  fault,
  children,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly fault: string | undefined;
  readonly children: (input: {
    readonly id: string;
    readonly className: string;
    readonly 'aria-describedby': string;
    readonly 'aria-invalid': boolean;
  }) => ReactNode;
}) {
  const id = useId();
  const about = `${id}-about`;
  return (
    <div className="grid gap-1">
      <label htmlFor={id}>{label}</label>
      {children({ id, className: INPUT, 'aria-describedby': about, 'aria-invalid': fault !== undefined })}
      <span id={about} className="text-xs">
        {fault ? <span className="text-liquidatable">{fault}</span> : <span className="text-faint">{hint}</span>}
      </span>
    </div>
  );
}

/** One open field of a channel. */
export function OpenField({
  field: { label, hint, input, choices },
  value,
  fault,
  onChange,
}: {
  readonly field: Field;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (value: string) => void;
}) {
  return (
    <FieldFrame {...{ label, hint, fault }}>
      {(common) =>
        input === 'choice' ? (
          <select {...common} value={value} onChange={({ target }) => onChange(target.value)}>
            {choices?.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </select>
        ) : (
          <input
            {...common}
            value={value}
            inputMode={input === 'number' ? 'numeric' : input === 'url' ? 'url' : 'text'}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => onChange(target.value)}
          />
        )
      }
    </FieldFrame>
  );
}

/** One secret of a channel: it is never shown again, only replaced or forgotten. */
export function SecretField({
  field: { label, hint },
  isSet,
  secret,
  fault,
  onChange,
}: {
  readonly field: Field;
  /** One is stored. */
  readonly isSet: boolean;
  readonly secret: SecretDraft;
  readonly fault: string | undefined;
  readonly onChange: (secret: SecretDraft) => void;
}) {
  if (secret.kind !== 'given') {
    return (
      <div className="grid gap-1">
        <p>
          {label}: <span className="text-muted">{secret.kind === 'kept' ? 'set, not shown' : 'will be forgotten'}</span>
        </p>
        <p className="flex gap-2">
          <Button onClick={() => onChange({ kind: 'given', text: '' })}>Replace {label.toLowerCase()}</Button>
          {secret.kind === 'kept' ? (
            <Button onClick={() => onChange({ kind: 'forgotten' })}>Forget {label.toLowerCase()}</Button>
          ) : (
            <Button onClick={() => onChange({ kind: 'kept' })}>Keep {label.toLowerCase()}</Button>
          )}
        </p>
        {fault && <p className="text-liquidatable text-xs">{fault}</p>}
      </div>
    );
  }
  return (
    <div className="grid gap-1">
      <FieldFrame {...{ label, hint, fault }}>
        {(common) => (
          <input
            {...common}
            type="password"
            autoComplete="new-password"
            value={secret.text}
            onChange={({ target }) => onChange({ kind: 'given', text: target.value })}
          />
        )}
      </FieldFrame>
      {isSet && (
        <p>
          <Button kind="quiet" onClick={() => onChange({ kind: 'kept' })}>
            Keep the one that is set
          </Button>
        </p>
      )}
    </div>
  );
}
