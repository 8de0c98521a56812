import type { AlertState } from '@/lib/stores/alert-store';
import { describeStatus, type WatchWords } from './describe-status';

const LOST: WatchWords = {
  tone: 'liquidatable',
  word: 'Not listening',
  meaning: 'This browser no longer hears of alerts. Other channels may still get them. It keeps trying.',
  isArmed: false,
  isBlind: true,
};

const CONNECTING: WatchWords = {
  tone: 'unknown',
  word: 'Connecting',
  meaning: 'Asking Ballast what it watches.',
  isArmed: false,
  isBlind: false,
};

/** Whether this browser would hear of an alert: as `describeStatus`, unless it does not hear from the server at all. Pure. */
export function describeWatch({ connection, status }: Pick<AlertState, 'connection' | 'status'>): WatchWords {
  if (connection === 'lost') return LOST;
  return status ? describeStatus(status) : CONNECTING;
}
