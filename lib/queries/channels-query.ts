import { queryOptions } from '@tanstack/react-query';
import { ALERT_PATHS } from '@/lib/alerts/alert-paths';
import { channelList } from '@/lib/alerts/channel-list';
import { callApi } from './call-api';

/** Query options for the channels and what their forms need. */
export const channelsQueryOptions = () =>
  queryOptions({
    queryKey: ['channels'] as const,
    queryFn: ({ signal }) => callApi({ method: 'GET', path: ALERT_PATHS.channels, answer: channelList, signal }),
    retry: false,
  });
