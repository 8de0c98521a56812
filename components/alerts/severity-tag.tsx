import { Tag, type Tone } from '@/components/ui/tag';
import type { Severity } from '@/lib/triggers/trigger';

const LOOKS: Readonly<Record<Severity, { readonly tone: Tone; readonly word: string }>> = {
  info: { tone: 'watch', word: 'Info' },
  warning: { tone: 'warning', word: 'Warning' },
  critical: { tone: 'liquidatable', word: 'Critical' },
};

/** A severity as a word. `severityWord('critical')` is "Critical". */
export const severityWord = (severity: Severity): string => LOOKS[severity].word;

/** How loud an alert is: a word, a shape and a colour. */
export const SeverityTag = ({ severity }: { readonly severity: Severity }) => (
  <Tag tone={LOOKS[severity].tone}>{LOOKS[severity].word}</Tag>
);
