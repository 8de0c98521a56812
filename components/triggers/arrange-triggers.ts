import type { ListedSubject, ListedTrigger } from '@/lib/alerts/listed-trigger';
import { statusWords } from './status-words';

const textOf = ({ name, sentence, severity, status, subjects }: ListedTrigger): string =>
  [name, sentence, severity, status, ...subjects.map((subject) => subject.name)].join(' ').toLowerCase();

const SEVERITY_ORDER: Readonly<Record<string, number>> = { critical: 0, warning: 1, info: 2 };
const severityOf = ({ severity }: ListedTrigger): number => SEVERITY_ORDER[severity] ?? 0;

function compare(a: ListedTrigger, b: ListedTrigger): number {
  const urgency = statusWords(a.status, true).urgency - statusWords(b.status, true).urgency;
  return urgency || severityOf(a) - severityOf(b) || a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1);
}

/** Triggers that have every word of a filter somewhere, the most urgent first, then the most severe, then by name. */
export function arrangeTriggers(triggers: readonly ListedTrigger[], filter: string): readonly ListedTrigger[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = triggers.filter((trigger) => {
    const text = textOf(trigger);
    return words.every((word) => text.includes(word));
  });
  return [...kept].sort(compare);
}

/** The subject that a row tells of: the first with a figure among the most urgent, else the first. */
export const firstSubject = ({ subjects }: ListedTrigger): ListedSubject | undefined => {
  const [first] = subjects;
  const alike = subjects.filter(({ status }) => status === first?.status);
  return alike.find(({ standing }) => standing.some(({ figure }) => figure !== undefined)) ?? first;
};
