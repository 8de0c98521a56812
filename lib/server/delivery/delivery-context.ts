import 'server-only';
import type { Clock } from '@/lib/feeds/clock';
import type { TargetRules } from './check-target';
import type { PushSurroundings } from './push-surroundings';

/** What the world outside looks like to every channel. */
export interface DeliverySurroundings {
  readonly clock: Clock;
  readonly rules: TargetRules;
  /** Mail servers named in the configuration, lower case: reached whatever their address, port and encryption. */
  readonly smtpHosts: readonly string[];
  /** `undefined`: Web Push is not set up. */
  readonly push: PushSurroundings | undefined;
  /** Certificates trusted instead of the system's, PEM; `undefined`: the system's. */
  readonly trustedCertificates?: string;
}

/** What one attempt to send is given. */
export interface DeliveryContext extends DeliverySurroundings {
  /** Aborts at the end of the time limit. */
  readonly signal: AbortSignal;
}
