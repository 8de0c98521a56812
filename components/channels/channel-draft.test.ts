import { describe, expect, test } from 'vitest';
import type { ChannelKindForm, ListedChannel } from '@/lib/alerts/channel-list';
import { createChannelDraft, faultOf, otherFaults, toChannelEdit } from './channel-draft';

const email: ChannelKindForm = {
  id: 'email',
  title: 'E-mail',
  explanation: '',
  fields: [
    { name: 'host', label: 'Mail server', input: 'text', isSecret: false },
    { name: 'port', label: 'Port', input: 'number', isSecret: false },
    { name: 'security', label: 'Encryption', input: 'choice', choices: ['tls', 'none'], isSecret: false },
    { name: 'password', label: 'Password', input: 'text', isSecret: true },
  ],
};
const kept: ListedChannel = {
  id: 'email-1',
  version: 3,
  kind: 'email',
  name: 'Desk',
  config: { host: 'smtp.example.org', port: 465, security: 'none' },
  secrets: ['password'],
  lastSuccess: null,
  lastFailure: null,
};

describe('a channel’s form', () => {
  test('opened and saved untouched, changes nothing and names no secret', () => {
    expect(toChannelEdit(email, createChannelDraft(email, kept), 3)).toEqual({
      version: 3,
      kind: 'email',
      name: 'Desk',
      config: kept.config,
      secrets: {},
    });
  });

  test('of a new one begins with its kind’s name and the first choice; what is left empty is left out', () => {
    const draft = createChannelDraft(email, undefined);
    expect(draft).toEqual({
      name: 'E-mail',
      config: { host: '', port: '', security: 'tls' },
      secrets: { password: { kind: 'given', text: '' } },
    });
    expect(toChannelEdit(email, draft, 0)).toMatchObject({ version: 0, config: { security: 'tls' }, secrets: {} });
  });

  test('a number is sent as one, what is none as it was typed; blanks around it go', () => {
    const draft = createChannelDraft(email, kept);
    const portOf = (port: string) =>
      toChannelEdit(email, { ...draft, config: { ...draft.config, port } }, 3).config.port;
    expect([' 587 ', 'x', '5.5', ' '].map(portOf)).toEqual([587, 'x', 5.5, undefined]);
  });

  test('a secret is replaced or forgotten, blanks and all', () => {
    const draft = createChannelDraft(email, kept);
    const secretsOf = (password: (typeof draft.secrets)[string]) =>
      toChannelEdit(email, { ...draft, secrets: { password } }, 3).secrets;
    expect(secretsOf({ kind: 'given', text: ' a b ' })).toEqual({ password: ' a b ' });
    expect(secretsOf({ kind: 'given', text: '' })).toEqual({});
    expect(secretsOf({ kind: 'forgotten' })).toEqual({ password: null });
  });

  test('faults stand at their field; those of none are said by themselves', () => {
    const faults = [
      { field: 'config.port', message: 'a port is expected' },
      { field: 'kind', message: 'is not known' },
      { field: 'secrets.password', message: 'is too long' },
    ];
    expect(faultOf(faults, 'config.port')).toBe('a port is expected');
    expect(faultOf(faults, 'config.host')).toBeUndefined();
    expect(otherFaults(faults, email)).toEqual([faults[1]]);
  });
});
