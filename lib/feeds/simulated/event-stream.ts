export interface StreamMessage {
  readonly event: string;
  readonly data: string;
}

/**
 * Takes a stream of server-sent events apart, chunk by chunk: the fields `event` and `data`, lines ending in LF or CRLF, comments skipped.
 * Give each chunk to `push` and get the messages completed by it. A message larger than the limit is dropped.
 */
export class EventStreamParser {
  private rest = '';
  private event = '';
  private data: string[] = [];
  private size = 0;

  constructor(private readonly maxMessage: number) {}

  push(chunk: string): readonly StreamMessage[] {
    const messages: StreamMessage[] = [];
    const lines = (this.rest + chunk).split('\n');
    this.rest = (lines.pop() ?? '').slice(0, this.maxMessage);
    for (const raw of lines) {
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (line === '') {
        if (this.data.length > 0 && this.size <= this.maxMessage) {
          messages.push({ event: this.event || 'message', data: this.data.join('\n') });
        }
        this.event = '';
        this.data = [];
        this.size = 0;
        continue;
      }
      const [, field, value = ''] = /^([^:]*)(?::\s?(.*))?$/.exec(line) ?? [];
      this.size += line.length;
      if (field === 'event') this.event = value;
      // Beyond the limit nothing more is kept; the message is dropped at its end.
      if (field === 'data' && this.size <= this.maxMessage) this.data.push(value);
    }
    return messages;
  }
}
