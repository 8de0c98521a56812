import type { Severity } from '@/lib/triggers/trigger';

const WORDS: Readonly<Record<Severity, string>> = { info: 'Info', warning: 'Warning', critical: 'Critical' };

/** A severity as the first word of a sentence. `severityWord('critical')` is "Critical". */
export const severityWord = (severity: Severity): string => WORDS[severity];
