import 'server-only';
import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport';
import * as z from 'zod/mini';
import { policy } from '@/lib/config/policy';
import type { AlertMessage } from '../alert-message';
import { checkMailHost } from '../check-mail-host';
import type { CheckedHost } from '../check-target';
import type { DeliveryContext } from '../delivery-context';
import { formatAlertText, formatAlertTitle } from '../format-alert';
import { formatAlertHtml } from '../format-alert-html';
import { pinAddresses } from '../pin-addresses';
import { untilAborted } from '../until-aborted';
import { defineChannelKind } from './channel-kind';
import { describeMailFailure } from './describe-mail-failure';
import { shortText } from './fields';

const LONGEST_TEXT = 20_000;
const SECURITIES = ['tls', 'starttls', 'none'] as const;
const ADDRESS_TEXT = 'one e-mail address is expected, name@host';
const PORT_TEXT = 'a port from 1 to 65535 is expected';
const HOST_TEXT = 'a host name or address is expected';

// Plain atoms alone: neither quotes nor blanks nor brackets, so that an address can never become a header or a second address.
const mailAddress = z
  .string(ADDRESS_TEXT)
  .check(
    z.maxLength(254, ADDRESS_TEXT),
    z.regex(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/, ADDRESS_TEXT),
  );

const config = z.strictObject({
  host: z.string(HOST_TEXT).check(z.regex(/^[A-Za-z0-9:]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$/, HOST_TEXT)),
  port: z.number(PORT_TEXT).check(z.int(PORT_TEXT), z.minimum(1, PORT_TEXT), z.maximum(65_535, PORT_TEXT)),
  security: z._default(z.enum(SECURITIES, 'tls, starttls or none is expected'), 'tls'),
  user: z.optional(shortText(200, 'a user name of one line is expected')),
  from: mailAddress,
  to: mailAddress,
});
const secrets = z.strictObject({ password: z.optional(shortText(500, 'a password of one line is expected')) });

type MailConfig = z.infer<typeof config>;

/** E-mail through a mail server of the user's own, to one address (a list of the server's reaches several people). */
export const email = defineChannelKind({
  id: 'email',
  title: 'E-mail',
  explanation: 'Writes an e-mail through your mail server.',
  fields: [
    { name: 'host', label: 'Mail server', input: 'text', hint: 'smtp.example.org', isSecret: false },
    { name: 'port', label: 'Port', input: 'number', hint: '465 (tls) or 587 (starttls)', isSecret: false },
    { name: 'security', label: 'Encryption', input: 'choice', choices: SECURITIES, isSecret: false },
    { name: 'user', label: 'User', input: 'text', isSecret: false },
    { name: 'password', label: 'Password', input: 'text', isSecret: true },
    { name: 'from', label: 'From', input: 'text', isSecret: false },
    { name: 'to', label: 'To', input: 'text', isSecret: false },
  ],
  secretsGoTo: ['host', 'port', 'security', 'user'],
  config,
  secrets,
  async send(message, settings, { password }, context) {
    const host = { ...settings, isEncrypted: settings.security !== 'none' };
    const checked = await untilAborted(checkMailHost(host, context.smtpHosts, context.rules), context.signal);
    const transport = createTransport(transportOptions(settings, password, checked, context));
    try {
      await transport.sendMail(toMail(message, settings, context.clock.now()));
    } catch (error) {
      throw describeMailFailure(error, context.signal.aborted);
    } finally {
      transport.close();
    }
  },
});

function transportOptions(
  { host, port, security, user, from }: MailConfig,
  password: string | undefined,
  checked: CheckedHost,
  { signal, trustedCertificates }: DeliveryContext,
): SMTPTransport.Options {
  const timeoutMs = policy.delivery.sendTimeoutMs;
  return {
    host,
    port,
    // How the server is greeted; by default that would be this machine's name.
    name: domainOf(from),
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    ...(trustedCertificates === undefined ? {} : { tls: { ca: trustedCertificates } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket(_options, callback) {
      openSocket(checked, port, signal).then(
        (connection) => callback(null, { connection }),
        (error: Error) => callback(error, undefined),
      );
    },
  };
}

/** Connects to one of the addresses that were checked. The signal ends the connection whatever stands on top of it. */
function openSocket({ host, addresses }: CheckedHost, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, lookup: pinAddresses(addresses), signal });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function toMail(message: AlertMessage, { from, to }: MailConfig, nowMs: number) {
  return {
    from: { name: 'Ballast', address: from },
    to: { name: '', address: to },
    subject: formatAlertTitle(message),
    text: formatAlertText(message, LONGEST_TEXT),
    html: formatAlertHtml(message),
    date: new Date(nowMs),
    // The same for every attempt, so that a second copy is known for one.
    messageId: `<${createHash('sha256').update(message.idempotencyKey).digest('hex')}@${domainOf(from)}>`,
    priority: message.severity === 'critical' ? ('high' as const) : ('normal' as const),
    // RFC 3834: keeps answering machines quiet.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
