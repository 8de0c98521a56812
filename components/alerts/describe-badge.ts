import type { AlertState } from '@/lib/stores/alert-store';
import { describeWatch } from './describe-watch';

/**
 * The badge of a page's title: how many alerts are open, and "?" while somebody could believe to be warned and is not, since a tab in the
 * background must not look quiet then; `undefined` for none. Pure. Example: 3 open while alerts are paused is "3?".
 */
export function describeBadge(state: Pick<AlertState, 'connection' | 'status' | 'unacknowledged'>): string | undefined {
  // What was counted before the stream was lost is no count.
  if (state.connection === 'lost') return '?';
  const count = state.unacknowledged > 0 ? String(state.unacknowledged) : '';
  return `${count}${describeWatch(state).isBlind ? '?' : ''}` || undefined;
}
