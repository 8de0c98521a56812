import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Random } from '@/lib/venues/random-draws';
import { type ReceivedPost, Receiver } from '../../delivery/testing/receiver';
import type { Told } from './list-expected';

/** Of a hundred messages so many are refused, broken off after they were read, or answered late. */
const [REFUSED, BROKEN, LATE] = [8, 5, 12] as const;
const LATEST_ANSWER_MS = 120;

/** A message as it came, with the key it came under. */
export interface ReceivedAlert extends Told {
  readonly key: string;
}

const isSigned = ({ headers, body }: ReceivedPost, secret: string): boolean => {
  const [, time, given] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['ballast-signature'])) ?? [];
  return given === createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
};

/** A web server that takes webhooks, believes what is signed, and is not always well: what it refuses it has not received. */
export class AlertReceiver {
  readonly alerts: ReceivedAlert[] = [];
  /** Posts that were not signed with the secret, or told another key in the body than in the header. */
  unbelievable = 0;
  posts = 0;
  /** At its best it takes everything at once. */
  isWell = false;
  /** Called once a post was read and before it is answered, and once an answer has gone. */
  onPost: (moment: 'read' | 'answered') => void = () => {};
  private readonly receiver = new Receiver();

  constructor(
    private readonly secret: string,
    private readonly random: Random,
  ) {
    this.receiver.answer = (response) => this.answer(response);
  }

  get url(): string {
    return this.receiver.url('');
  }

  async start(): Promise<this> {
    await this.receiver.start();
    return this;
  }

  stop(): Promise<void> {
    return this.receiver.stop();
  }

  private answer(response: ServerResponse): void {
    const [post] = this.receiver.posts.splice(0);
    if (!post) return;
    this.posts += 1;
    this.onPost('read');
    const mood = this.isWell ? 100 : this.random() * 100;
    if (mood < REFUSED) {
      response.writeHead(503).end();
      return;
    }
    this.take(post);
    if (mood < REFUSED + BROKEN) {
      response.destroy();
      return;
    }
    const end = () => response.end('ok', () => this.onPost('answered'));
    if (mood < REFUSED + BROKEN + LATE) setTimeout(end, this.random() * LATEST_ANSWER_MS);
    else end();
  }

  private take(post: ReceivedPost): void {
    const { trigger, subject, at, idempotencyKey } = JSON.parse(post.body.toString());
    const key = String(post.headers['ballast-idempotency-key']);
    if (!isSigned(post, this.secret) || key !== idempotencyKey) this.unbelievable += 1;
    this.alerts.push({ channel: post.path.slice(1), trigger, subject, at, key });
  }
}
