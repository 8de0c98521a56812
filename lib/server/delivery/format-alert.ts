import 'server-only';
import type { AlertMessage, AlertSeverity } from './alert-message';

const SEVERITY_WORDS: Readonly<Record<AlertSeverity, string>> = {
  info: 'Info',
  warning: 'Warning',
  critical: 'Critical',
};
const MORE = '…';
/** Of one line of an alert, beyond which it is cut: names are the user's and may be long. */
const LONGEST_LINE = 600;

/**
 * One line of plain text: control and format characters (line breaks, bidirectional overrides) become blanks, runs of blanks one.
 * `formatLine('a\r\nBcc: b')` is "a Bcc: b".
 */
export function formatLine(text: string): string {
  const plain = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return cutText(plain, LONGEST_LINE);
}

/** Cuts to so many UTF-16 units at most, never through a character; what was cut is marked. `cutText('abcdef', 4)` is "abc…". */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  let cut = '';
  for (const character of text) {
    if (cut.length + character.length + MORE.length > most) break;
    cut += character;
  }
  return cut + MORE;
}

/** The heading: "Critical: Margin is thin", and "Test: …" before it for a test. */
export function formatAlertTitle({ severity, triggerName, isTest }: AlertMessage): string {
  return `${isTest ? 'Test: ' : ''}${SEVERITY_WORDS[severity]}: ${formatLine(triggerName)}`;
}

/** An alert's text in parts, each one line. */
export interface AlertParts {
  readonly title: string;
  readonly sentence: string;
  /** Whose figures these are, each figure ("Health factor: 1.041"), and when (UTC). */
  readonly details: readonly string[];
  readonly remedy: { readonly text: string; readonly link: string } | undefined;
  readonly link: string;
}

/**
 * An alert in parts, to be put together as a channel needs it. Times are UTC: "2026-03-01 14:05:09 UTC". Pure.
 * The links are in their normal form, so that no blank or angle bracket is left in them.
 */
export function formatAlertParts(message: AlertMessage): AlertParts {
  const at = new Date(message.atMs).toISOString();
  return {
    title: formatAlertTitle(message),
    sentence: formatLine(message.sentence),
    details: [
      formatLine(message.subject),
      ...message.values.map(({ label, text }) => formatLine(`${label}: ${text}`)),
      `At ${at.slice(0, 10)} ${at.slice(11, 19)} UTC`,
    ],
    remedy: message.remedy && { text: formatLine(message.remedy.text), link: new URL(message.remedy.link).href },
    link: new URL(message.link).href,
  };
}

/**
 * Puts lines together to at most so many UTF-16 units: the middle is thinned from its end before the head or the foot is touched, so that
 * the reason and the link stay. Where head and foot alone are too long, the whole is cut.
 * `fitLines(['head'], ['a', 'b'], ['foot'], 13)` is "head\na\n…\nfoot".
 */
export function fitLines(
  head: readonly string[],
  middle: readonly string[],
  foot: readonly string[],
  most: number,
): string {
  for (let kept = middle.length; kept >= 0; kept -= 1) {
    const shown = kept === middle.length ? middle : [...middle.slice(0, kept), MORE];
    const text = [...head, ...shown, ...foot].join('\n');
    if (text.length <= most) return text;
  }
  return cutText([...head, ...foot].join('\n'), most);
}

/** The whole alert as plain text of at most so many UTF-16 units, lines apart by "\n". */
export function formatAlertText(message: AlertMessage, most: number): string {
  const { title, sentence, details, remedy, link } = formatAlertParts(message);
  const foot = remedy ? [`Cheapest remedy: ${remedy.text}`, remedy.link, `Open: ${link}`] : [`Open: ${link}`];
  return fitLines([title, sentence], details, foot, most);
}
