import 'server-only';
import type { Firing, FiringValue } from '@/lib/triggers/firing';
import { formatMeasured } from '@/lib/triggers/format-level';
import { parseFigure } from '@/lib/triggers/parse-figure';
import { findTriggerKind } from '@/lib/triggers/registry';
import type { AlertBody } from '../delivery/alert-message';

function toAlertValue({ kind: id, value, side }: FiringValue): AlertBody['values'] {
  const kind = findTriggerKind(id);
  if (value === null || !kind) return [];
  return [{ label: kind.title, value, text: formatMeasured(parseFigure(value), kind.unit, side) }];
}

/** A position has a page of its own; everything else is found in the list. */
const linkOf = ({ subjectId }: Firing, baseUrl: string): string =>
  subjectId.includes('~') ? `${baseUrl}/positions/${encodeURIComponent(subjectId)}` : `${baseUrl}/`;

/**
 * A firing as its channels tell it, with a link to what it is about. `baseUrl` is where Ballast is reached, without a slash at its end.
 *
 * Example: health factor 1.079 of `aave-v3~1~…` links to "https://ballast.example/positions/aave-v3~1~…".
 */
export function toAlert(firing: Firing, triggerName: string, baseUrl: string): AlertBody {
  const link = linkOf(firing, baseUrl);
  return {
    triggerName,
    severity: firing.severity,
    atMs: Date.parse(firing.at),
    sentence: firing.sentence,
    values: firing.values.flatMap(toAlertValue),
    subject: firing.subjectName,
    link,
    ...(firing.remedy !== null && { remedy: { text: firing.remedy, link } }),
    isTest: false,
  };
}
