import { expect, test } from 'vitest';
import { arrangeTriggers, firstSubject } from './arrange-triggers';
import { statusWords, triggerStatusWords } from './status-words';
import { listed } from './testing';

const subject = (name: string, status: string, figure?: string, reason?: string) => ({
  id: name,
  name,
  status,
  firedAtMs: null,
  episode: 0,
  standing: [{ title: 'Price', met: 'unknown' as const, limit: 'below 1', figure, reason }],
});
const named = (name: string, status: string, severity = 'warning') => listed({ id: name, name, status, severity });

test('what is most urgent comes first, then what is most severe, then by name', () => {
  const triggers = [
    named('b', 'armed'),
    named('a', 'armed'),
    named('c', 'armed', 'critical'),
    named('d', 'blind'),
    named('e', 'fired', 'info'),
    named('f', 'broken'),
  ];
  expect(arrangeTriggers(triggers, '').map(({ name }) => name)).toEqual(['e', 'f', 'd', 'c', 'a', 'b']);
});

test('a filter wants every word of it, in name, sentence, severity, status or subject', () => {
  const triggers = [named('Desk', 'armed'), named('Other', 'fired')];
  expect(arrangeTriggers(triggers, 'desk ETH')).toHaveLength(1);
  expect(arrangeTriggers(triggers, 'FIRED').map(({ name }) => name)).toEqual(['Other']);
  expect(arrangeTriggers(triggers, 'desk fired')).toEqual([]);
});

test('nothing that lives passes for watched while the watch is not', () => {
  for (const status of ['armed', 'dwelling', 'snoozed', 'cooldown', 'blind', 'a new word']) {
    expect(statusWords(status, false).word).toBe('Not watched');
  }
  expect(statusWords('a new word', true).word).toBe('Not watched');
  expect(statusWords('toString', true).word).toBe('Not watched');
  // What has happened has happened.
  for (const [status, word] of [
    ['fired', 'Fired'],
    ['expired', 'Expired'],
    ['paused', 'Paused'],
    ['broken', 'Broken'],
  ] as const) {
    expect(statusWords(status, false).word).toBe(word);
  }
  expect(statusWords('armed', true)).toMatchObject({ word: 'Armed', tone: 'safe' });
});

test('a blind one says why, and one that cannot be watched too', () => {
  const blind = listed({ status: 'blind', subjects: [subject('a', 'blind', undefined, 'No price.')] });
  expect(triggerStatusWords(blind, true)).toMatchObject({ word: 'Blind', meaning: 'No price.' });
  expect(triggerStatusWords(listed({ status: 'broken', problem: 'No such kind.' }), true).meaning).toBe(
    'No such kind.',
  );
});

test('a row tells of the most urgent subject that has a figure', () => {
  const subjects = [subject('a', 'fired'), subject('b', 'fired', '1.2'), subject('c', 'armed', '2')];
  expect(firstSubject(listed({ subjects }))?.name).toBe('b');
  expect(firstSubject(listed({ subjects: subjects.slice(2) }))?.name).toBe('c');
  expect(firstSubject(listed({ subjects: [] }))).toBeUndefined();
});
