import 'server-only';
import { type DeliveryError, PermanentDeliveryError, TemporaryDeliveryError } from '../delivery-error';
import { timedOut } from '../run-with-deadline';

/** SMTP: 5xx is final, 4xx passes (RFC 5321, 4.2.1). */
const FIRST_FINAL_CODE = 500;

/**
 * What a failed mail means, in our own words: what the server said may repeat the user name or the address, so its code alone is taken over.
 * Errors without a code (no connection, TLS, broken off) pass.
 */
export function describeMailFailure(error: unknown, isAborted: boolean): DeliveryError {
  if (isAborted) return timedOut();
  const { code, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
  const isFinal = responseCode !== undefined && responseCode >= FIRST_FINAL_CODE;
  const answer = responseCode === undefined ? '' : ` (SMTP code ${responseCode})`;
  if (code === 'EAUTH' && (isFinal || responseCode === undefined)) {
    return new PermanentDeliveryError(
      'SIGN_IN',
      `The mail server refused the sign-in${answer}.`,
      'Check user and password.',
    );
  }
  if (isFinal) return new PermanentDeliveryError('MAIL_REFUSED', `The mail server refused the mail${answer}.`);
  if (responseCode !== undefined) {
    return new TemporaryDeliveryError('MAIL_DEFERRED', `The mail server took no mail for now${answer}.`);
  }
  return code === 'ETLS'
    ? new TemporaryDeliveryError('CERTIFICATE', 'No secure connection to the mail server.')
    : new TemporaryDeliveryError('NO_CONNECTION', 'No connection to the mail server, or it was broken off.');
}
