import 'server-only';
import type { Firing, FiringValue } from '@/lib/triggers/firing';
import { formatMeasured } from '@/lib/triggers/format-level';
import { findTriggerKind } from '@/lib/triggers/registry';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { rational } from '@/lib/units/rational';
import type { AlertMessage } from '../delivery/alert-message';

/** What an alert is made of beside its firing. */
export interface AlertOccasion {
  /** Of the delivery: the same at every attempt. */
  readonly key: string;
  readonly firingId: number;
  readonly triggerName: string;
  /** Where Ballast is reached, "https://ballast.example". */
  readonly baseUrl: string;
  /** The cheapest remedy in figures; `undefined` where there is none. */
  readonly remedy: string | undefined;
}

/** Exact: any number of decimals, with a sign. "-0.125" is −1/8. */
function parseFigure(text: string) {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const magnitude = BigInt(whole + fraction);
  return rational(text.startsWith('-') ? -magnitude : magnitude, powerOfTen(fraction.length));
}

function toAlertValue({ kind: id, value, side }: FiringValue): AlertMessage['values'] {
  const kind = findTriggerKind(id);
  if (value === null || !kind) return [];
  return [{ label: kind.title, value, text: formatMeasured(parseFigure(value), kind.unit, side) }];
}

/** A position has a page of its own; everything else is found in the list. */
const linkOf = ({ subjectId }: Firing, baseUrl: string): string =>
  subjectId.includes('~') ? `${baseUrl}/positions/${encodeURIComponent(subjectId)}` : `${baseUrl}/`;

/** A firing as it is told to one channel, with a link to what it is about. */
export function toAlertMessage(firing: Firing, occasion: AlertOccasion): AlertMessage {
  const { key, firingId, triggerName, baseUrl, remedy } = occasion;
  const link = linkOf(firing, baseUrl);
  return {
    idempotencyKey: key,
    firingId: String(firingId),
    triggerName,
    severity: firing.severity,
    atMs: Date.parse(firing.at),
    sentence: firing.sentence,
    values: firing.values.flatMap(toAlertValue),
    subject: firing.subjectName,
    link,
    ...(remedy !== undefined && { remedy: { text: remedy, link } }),
    isTest: false,
  };
}
