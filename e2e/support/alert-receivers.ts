import { createHmac, timingSafeEqual } from 'node:crypto';
import { MailServer } from '@/lib/server/delivery/testing/mail-server';
import { PushBrowser, readVapid } from '@/lib/server/delivery/testing/push-browser';
import { type ReceivedPost, Receiver } from '@/lib/server/delivery/testing/receiver';
import { expect } from './test';

const TOLERANCE_SECONDS = 300;

/** What a webhook told, once its signature holds. */
export interface VerifiedAlert {
  readonly key: string;
  readonly trigger: string;
  readonly subject: string;
  readonly sentence: string;
  readonly severity: string;
  readonly isTest: boolean;
  readonly values: readonly { readonly label: string; readonly value: string }[];
  readonly remedy: { readonly text: string; readonly link: string } | null;
  readonly link: string;
}

/** The README's own check of a signature, with nothing of the product's code between. */
function verify({ headers, body }: ReceivedPost, secret: string): VerifiedAlert {
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['ballast-signature'])) ?? [];
  const expected = createHmac('sha256', secret).update(`${t}.`).update(body).digest();
  if (!v1 || !timingSafeEqual(expected, Buffer.from(v1, 'hex'))) throw new Error('The signature does not hold.');
  if (Math.abs(Date.now() / 1_000 - Number(t)) > TOLERANCE_SECONDS) throw new Error('It was signed too long ago.');
  return { ...JSON.parse(body.toString('utf8')), key: String(headers['ballast-idempotency-key']) };
}

/** Everything that alerts of a test reach: real servers on this machine, the push service a stand-in for a browser maker's. */
export class AlertReceivers {
  readonly secret = 'end-to-end-secret-0123456789';
  readonly webhook = new Receiver();
  readonly mail = new MailServer();
  readonly pushService = new Receiver();
  readonly pushBrowser = new PushBrowser();

  async start(): Promise<this> {
    // What RFC 8030 has a push service answer.
    this.pushService.answer = (response) => response.writeHead(201).end();
    await Promise.all([this.webhook.start(), this.mail.start(), this.pushService.start()]);
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all([this.webhook.stop(), this.mail.stop(), this.pushService.stop()]);
  }

  /** All that the webhook got. Fails on a signature that does not hold. */
  verified(): readonly VerifiedAlert[] {
    return this.webhook.posts.map((post) => verify(post, this.secret));
  }

  /** What it got about a trigger, each key once. */
  alertsOf(trigger: string): readonly VerifiedAlert[] {
    const alerts = this.verified();
    return [
      ...new Map(alerts.filter((alert) => alert.trigger === trigger).map((alert) => [alert.key, alert])).values(),
    ];
  }

  /** What the push service got, as the browser that subscribed takes it apart; the sender's signature is checked by the way. */
  pushes(): readonly { readonly title: string; readonly body: string; readonly link: string; readonly key: string }[] {
    return this.pushService.posts.map(({ headers, body }) => {
      readVapid(String(headers.authorization));
      return JSON.parse(this.pushBrowser.decrypt(body));
    });
  }

  async expectAlerts(trigger: string, count: number): Promise<readonly VerifiedAlert[]> {
    await expect.poll(() => this.alertsOf(trigger).length, { timeout: 60_000 }).toBe(count);
    return this.alertsOf(trigger);
  }
}
