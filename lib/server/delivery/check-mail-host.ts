import 'server-only';
import { type CheckedHost, checkHost, type TargetRules } from './check-target';
import { PermanentDeliveryError, TemporaryDeliveryError } from './delivery-error';

export interface MailHost {
  readonly host: string;
  readonly port: number;
  /** The connection will be encrypted, or nothing is sent. */
  readonly isEncrypted: boolean;
}

/** Where mail is handed in: relay, submission over TLS, submission, and its usual second. */
const MAIL_PORTS: ReadonlySet<number> = new Set([25, 465, 587, 2525]);

/**
 * Checks a mail server before it is connected to. One that the configuration names (`BALLAST_SMTP_HOSTS`) is taken as it is; any other must
 * have public or listed addresses alone and, unless all are listed, encrypt and use a port of mail.
 *
 * Errors: those of `checkHost`; `PermanentDeliveryError` PORT, NOT_ENCRYPTED.
 */
export async function checkMailHost(
  { host, port, isEncrypted }: MailHost,
  smtpHosts: readonly string[],
  rules: TargetRules,
): Promise<CheckedHost> {
  if (smtpHosts.includes(host.toLowerCase())) {
    const addresses = await rules.resolve(host).catch(() => []);
    if (addresses.length === 0) throw new TemporaryDeliveryError('NO_ADDRESS', 'The host name has no address.');
    return { host, addresses, isListed: true };
  }
  const checked = await checkHost(host, rules);
  if (checked.isListed) return checked;
  if (!MAIL_PORTS.has(port)) {
    throw new PermanentDeliveryError('PORT', 'Of public mail servers, ports 25, 465, 587 and 2525 are accepted.');
  }
  if (!isEncrypted) {
    throw new PermanentDeliveryError(
      'NOT_ENCRYPTED',
      'Mail goes unencrypted only to servers named in BALLAST_SMTP_HOSTS or in a network listed in BALLAST_WEBHOOK_ALLOW.',
    );
  }
  return checked;
}
