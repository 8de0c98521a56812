import 'server-only';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import { policy } from '@/lib/config/policy';
import { type CheckedTarget, checkTarget } from './check-target';
import type { DeliveryContext } from './delivery-context';
import { PermanentDeliveryError, TemporaryDeliveryError } from './delivery-error';
import { parseRetryAfter } from './parse-retry-after';
import { pinAddresses } from './pin-addresses';
import { timedOut } from './run-with-deadline';
import { untilAborted } from './until-aborted';

export interface TargetRequest {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Statuses that pass by themselves: too early, in conflict, locked, too many; and whatever the server says of itself (5xx). */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 409, 421, 423, 425, 429]);
const FIRST_SERVER_ERROR = 500;

/**
 * Posts a body to an address from outside: the address is checked, the connection goes to the very addresses that were checked (the name is
 * not asked for again, so that an answer that changes in between leads nowhere), and TLS is still checked against the host name. No
 * connection is kept or shared, no redirect followed. Of the answer the status alone counts; its body is read up to
 * `policy.delivery.maxAnswerBytes` and thrown away.
 *
 * Errors: those of `checkTarget`; `TemporaryDeliveryError` TIMEOUT, NO_CONNECTION, CERTIFICATE, HTTP_STATUS;
 * `PermanentDeliveryError` REDIRECT, HTTP_STATUS, GONE (404 or 410).
 */
export async function postToTarget(request: TargetRequest, context: DeliveryContext): Promise<void> {
  const target = await untilAborted(checkTarget(request.address, context.rules), context.signal);
  const answer = await send(target, request, context);
  requireAccepted(answer, context.clock.now());
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

function send(target: CheckedTarget, { headers, body }: TargetRequest, context: DeliveryContext): Promise<Answer> {
  const { url, host, addresses } = target;
  const options: RequestOptions = {
    method: 'POST',
    host,
    port: url.port,
    path: url.pathname + url.search,
    headers: { 'user-agent': 'Ballast', ...headers, 'content-length': Buffer.byteLength(body) },
    agent: false,
    lookup: pinAddresses(addresses),
    signal: context.signal,
    ...(context.trustedCertificates === undefined ? {} : { ca: context.trustedCertificates }),
  };
  return new Promise((resolve, reject) => {
    const sending = url.protocol === 'https:' ? requestHttps(options) : requestHttp(options);
    let answer: Answer | undefined;
    const end = (error: Error) => {
      // Once the status is there, the other side has decided: what becomes of the rest of its answer changes nothing.
      if (answer) resolve(answer);
      else reject(context.signal.aborted ? timedOut() : describeFailure(error));
    };
    sending.on('error', end);
    sending.on('response', (response) => {
      answer = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] };
      response.on('error', end);
      drain(response, answer, resolve);
    });
    sending.end(body);
  });
}

/** Reading on to the end lets the other side finish in peace; past the limit it is broken off. */
function drain(response: IncomingMessage, answer: Answer, resolve: (answer: Answer) => void): void {
  let size = 0;
  response.on('data', (part: Buffer) => {
    size += part.length;
    if (size > policy.delivery.maxAnswerBytes) response.destroy();
  });
  response.on('close', () => resolve(answer));
}

function describeFailure(error: Error & { readonly code?: string }): TemporaryDeliveryError {
  // Of a system error the code alone: its text names the address.
  const code = error.code ?? '';
  return /^(CERT|DEPTH_|UNABLE_TO_|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO|HOSTNAME_)/.test(code)
    ? new TemporaryDeliveryError(
        'CERTIFICATE',
        `No secure connection: the certificate or protocol was not accepted (${code}).`,
      )
    : new TemporaryDeliveryError('NO_CONNECTION', `No connection, or it was broken off (${code || 'no code'}).`);
}

function requireAccepted({ status, retryAfter }: Answer, nowMs: number): void {
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) {
    throw new PermanentDeliveryError(
      'REDIRECT',
      `The address answered with a redirect (HTTP status ${status}), which is not followed.`,
      'Set the address it leads to.',
    );
  }
  if (status >= FIRST_SERVER_ERROR || PASSING_STATUSES.has(status)) {
    throw new TemporaryDeliveryError(
      'HTTP_STATUS',
      `The address answered with HTTP status ${status}.`,
      parseRetryAfter(retryAfter, nowMs),
    );
  }
  const isGone = status === 404 || status === 410;
  throw new PermanentDeliveryError(isGone ? 'GONE' : 'HTTP_STATUS', `The address answered with HTTP status ${status}.`);
}
