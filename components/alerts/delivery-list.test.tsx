// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { LoggedDelivery } from '@/lib/alerts/logged-firing';
import { DeliveryList } from './delivery-list';

const sent = (id: number, channelKind: string, state: LoggedDelivery['state'] = 'delivered'): LoggedDelivery => ({
  ...{ id, channelId: channelKind, channelName: `Channel ${id}`, channelKind, step: 0, state },
  ...{ attempts: 1, notBeforeMs: 1, settledAtMs: null, lastDetail: null },
});
afterEach(cleanup);

test('what only an open page shows is not told as delivered', () => {
  const kinds = ['in-app', 'browser', 'email', 'web-push'];
  render(<DeliveryList deliveries={[...kinds.map((kind, index) => sent(index, kind)), sent(9, 'in-app', 'dead')]} />);
  const lines = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(lines).toEqual([
    'left for open pagesChannel 0',
    'left for open pagesChannel 1',
    'deliveredChannel 2',
    'deliveredChannel 3',
    'given upChannel 9',
  ]);
});
