/** Whole records of a CSV, as text, with the line of the file on which they begin. */
export interface RecordBlock {
  readonly text: string;
  readonly firstLine: number;
}

const QUOTE = 34;
const NEWLINE = 10;

/**
 * Cuts a CSV that comes in pieces into blocks of whole records: a line break within quotes does not end one. A doubled quote within a
 * quoted field closes and opens, which leaves the count of quotes as even as it was.
 */
export class RecordCutter {
  private pending = '';
  private isQuoted = false;
  private firstLine = 1;
  private lines = 0;

  /** The records that became whole with this piece; `undefined` where none did. */
  push(piece: string): RecordBlock | undefined {
    let end = -1;
    let linesToEnd = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (code === QUOTE) this.isQuoted = !this.isQuoted;
      else if (code === NEWLINE) {
        this.lines += 1;
        if (this.isQuoted) continue;
        end = at + 1;
        linesToEnd = this.lines;
      }
    }
    if (end < 0) {
      this.pending += piece;
      return undefined;
    }
    const block = { text: this.pending + piece.slice(0, end), firstLine: this.firstLine };
    this.pending = piece.slice(end);
    this.firstLine += linesToEnd;
    this.lines -= linesToEnd;
    return block;
  }

  /** What is left: a last record without a line break. */
  end(): RecordBlock | undefined {
    const block = { text: this.pending, firstLine: this.firstLine };
    this.pending = '';
    return block.text === '' ? undefined : block;
  }
}
