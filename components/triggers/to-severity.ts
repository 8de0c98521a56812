import { SEVERITIES, type Severity } from '@/lib/triggers/trigger';

/** A severity as the server listed it; one that this page does not know is taken for the loudest. */
export const toSeverity = (text: string): Severity => SEVERITIES.find((severity) => severity === text) ?? 'critical';
