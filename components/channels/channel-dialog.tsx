'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { ChannelKindForm, ListedChannel } from '@/lib/alerts/channel-list';
import { ApiError } from '@/lib/queries/call-api';
import { saveChannel } from '@/lib/queries/channels-query';
import { createChannelDraft, createChannelId, faultOf, otherFaults, toChannelEdit } from './channel-draft';
import { FieldFrame, OpenField, SecretField } from './channel-field';

const CONFLICT = 409;

export interface ChannelDialogProps {
  readonly kind: ChannelKindForm;
  /** The one that is changed; left out: a new one. */
  readonly channel: ListedChannel | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** The form of a channel, made of its kind's fields. What was typed stays until it is saved. */
export function ChannelDialog({ kind, channel, onClose, onSaved }: ChannelDialogProps) {
  const [draft, setDraft] = useState(() => createChannelDraft(kind, channel));
  const [id] = useState(() => channel?.id ?? createChannelId(kind.id, crypto.randomUUID().slice(0, 8)));
  const [problem, setProblem] = useState<ApiError>();
  const [isBusy, setIsBusy] = useState(false);
  const faults = problem?.faults ?? [];

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setProblem(undefined);
    try {
      await saveChannel(id, toChannelEdit(kind, draft, channel?.version ?? 0));
      onSaved();
    } catch (cause) {
      setProblem(cause instanceof ApiError ? cause : new ApiError('SAVE', String(cause), undefined, [], undefined));
      setIsBusy(false);
    }
  };
  const others = problem && (faults.length === 0 || otherFaults(faults, kind).length > 0);
  return (
    <Dialog title={channel ? `Change “${channel.name}”` : `New channel: ${kind.title}`} onClose={onClose}>
      <form onSubmit={(event) => void save(event)} className="grid gap-3 px-4 py-3 text-[13px]" noValidate>
        <p className="text-muted">{kind.explanation}</p>
        {others && (
          <p role="alert" className="text-liquidatable">
            {problem.message}
            {problem.status === CONFLICT && ' Somebody changed it meanwhile: close this, and open it again.'}
          </p>
        )}
        <FieldFrame label="Name" fault={faultOf(faults, 'name')}>
          {(common) => (
            <input
              {...common}
              data-autofocus=""
              value={draft.name}
              maxLength={100}
              onChange={({ target }) => setDraft({ ...draft, name: target.value })}
            />
          )}
        </FieldFrame>
        {kind.fields.map((field) =>
          field.isSecret ? (
            <SecretField
              key={field.name}
              field={field}
              isSet={channel?.secrets.includes(field.name) ?? false}
              secret={draft.secrets[field.name] ?? { kind: 'kept' }}
              fault={faultOf(faults, `secrets.${field.name}`)}
              onChange={(secret) => setDraft({ ...draft, secrets: { ...draft.secrets, [field.name]: secret } })}
            />
          ) : (
            <OpenField
              key={field.name}
              field={field}
              value={draft.config[field.name] ?? ''}
              fault={faultOf(faults, `config.${field.name}`)}
              onChange={(value) => setDraft({ ...draft, config: { ...draft.config, [field.name]: value } })}
            />
          ),
        )}
        <p className="flex justify-end gap-2 pt-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" disabled={isBusy}>
            {isBusy ? 'Saving…' : 'Save channel'}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
