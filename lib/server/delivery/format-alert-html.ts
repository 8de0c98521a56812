import 'server-only';
import type { AlertMessage } from './alert-message';
import { formatAlertParts } from './format-alert';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in HTML, in an element or in an attribute between quotes. `escapeHtml('a<b')` is "a&lt;b". */
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const paragraph = (html: string): string => `<p style="margin:0 0 12px">${html}</p>`;
const anchor = (link: string, text: string): string => `<a href="${escapeHtml(link)}">${escapeHtml(text)}</a>`;

/** The alert as a small page without pictures, scripts or anything fetched: every text in it is escaped. Pure. */
export function formatAlertHtml(message: AlertMessage): string {
  const { title, sentence, details, remedy, link } = formatAlertParts(message);
  const body = [
    paragraph(`<strong>${escapeHtml(title)}</strong>`),
    paragraph(escapeHtml(sentence)),
    paragraph(details.map(escapeHtml).join('<br>')),
    ...(remedy ? [paragraph(`Cheapest remedy: ${anchor(remedy.link, remedy.text)}`)] : []),
    paragraph(anchor(link, 'Open in Ballast')),
  ];
  return `<!doctype html><html><body style="font:15px/1.5 sans-serif">${body.join('')}</body></html>`;
}
