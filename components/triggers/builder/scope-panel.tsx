'use client';

import { useId } from 'react';
import { Panel } from '@/components/ui/panel';
import { SegmentedControl } from '@/components/ui/segmented-control';
import type { TriggerDraft } from '@/lib/triggers/form/trigger-draft';
import { SCOPE_TYPES, type ScopeType } from '@/lib/triggers/trigger';
import { Fault, SelectField, TextField } from './field';
import { type Option, withChosen } from './options';
import type { Surroundings } from './use-surroundings';

type Scope = TriggerDraft['scope'];

const TITLES: Readonly<Record<ScopeType, string>> = {
  position: 'A position',
  owner: 'An owner',
  tag: 'A tag',
  book: 'A book',
  asset: 'An asset',
};
const CHAIN: Option = { value: '', label: 'read from the chain' };

interface PartProps {
  readonly scope: Scope;
  readonly set: (change: Partial<Scope>) => void;
  readonly around: Surroundings;
}

/** What is watched itself; of a book its own names are typed, for nothing of it is read here. */
function SubjectField({ scope, set, around }: PartProps) {
  const listId = useId();
  const isOfBook = scope.book !== '';
  switch (scope.type) {
    case 'book':
      return null;
    case 'tag':
      return <TextField label="Tag" of="scope.tag" value={scope.tag} onChange={(tag) => set({ tag })} />;
    case 'owner':
      return (
        <>
          <TextField
            label="Owner"
            of="scope.owner"
            value={scope.owner}
            onChange={(owner) => set({ owner })}
            input={{ list: listId, placeholder: isOfBook ? 'As the book calls it' : '0x…' }}
            hint={around.ownerOptions.find(({ value }) => value === scope.owner.toLowerCase())?.label}
          />
          <datalist id={listId}>
            {around.ownerOptions.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </datalist>
        </>
      );
    case 'position':
      return isOfBook ? (
        <TextField label="Position" of="scope.id" value={scope.position} onChange={(position) => set({ position })} />
      ) : (
        <SelectField
          label="Position"
          of="scope.id"
          value={scope.position}
          none="Choose a position"
          options={withChosen(around.positionOptions, scope.position)}
          onChange={(position) => set({ position })}
        />
      );
    case 'asset':
      return isOfBook ? (
        <TextField label="Asset" of="scope.asset" value={scope.asset} onChange={(asset) => set({ asset })} />
      ) : (
        <SelectField
          label="Asset"
          of="scope.asset"
          value={scope.asset}
          none="Choose an asset"
          options={withChosen(around.assetOptions, scope.asset)}
          onChange={(asset) => set({ asset })}
        />
      );
  }
}

/** Whom or what a trigger watches. */
export function ScopePanel({ scope, set, around }: PartProps) {
  const books = (around.books ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const needsBook = scope.type === 'book' || scope.type === 'tag';
  const isBookOffered = needsBook || books.length > 0 || scope.book !== '';
  return (
    <Panel title="What is watched?">
      <div className="grid gap-3">
        <div>
          <SegmentedControl
            label="What is watched"
            value={scope.type}
            options={SCOPE_TYPES.map((value) => ({ value, label: TITLES[value] }))}
            onChange={(type) => set({ type })}
          />
          <Fault of="scope.type" />
        </div>
        <div className="grid gap-3 sm:grid-cols-2">
          <SubjectField {...{ scope, set, around }} />
          {isBookOffered && (
            <SelectField
              label="Book"
              of="scope.book"
              value={scope.book}
              options={withChosen(needsBook ? books : [CHAIN, ...books], scope.book)}
              {...(needsBook && { none: books.length > 0 ? 'Choose a book' : 'No book is kept in this browser' })}
              hint={
                scope.book === ''
                  ? needsBook && books.length === 0 && 'Import one under Risk.'
                  : 'The book goes along to the server when you save.'
              }
              onChange={(book) => set({ book })}
            />
          )}
        </div>
      </div>
    </Panel>
  );
}
