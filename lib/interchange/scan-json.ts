import { InvalidInputError } from '@/lib/domain/errors';
import { formatPlace, type Place, START } from './place';

/** A value of the book as text, with where it begins: a member of the top object, or one element of the array that is streamed. */
export interface ScannedValue {
  readonly key: string;
  /** Of an element of the streamed array; `undefined` for a member's whole value. */
  readonly index: number | undefined;
  readonly text: string;
  readonly place: Place;
  /** Keys in it, at any depth, each as often as it stands: `JSON.parse` drops all but the last of those that stand twice. */
  readonly keyCount: number;
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const NEWLINE = 10;
const BOM = 0xfeff;

const isSpace = (code: number): boolean => code === 32 || code === NEWLINE || code === 13 || code === 9;
const isOpening = (code: number): boolean => code === OPEN_OBJECT || code === OPEN_ARRAY;
const isClosing = (code: number): boolean => code === CLOSE_OBJECT || code === CLOSE_ARRAY;

/** What may come next outside a captured text, as its error says it. */
const EXPECTED = {
  start: 'a book is one JSON object, beginning with {',
  'key-or-end': 'a key in quotes or } is expected',
  key: 'a key in quotes is expected',
  colon: '":" is expected',
  value: 'a value is expected',
  'after-member': 'a comma or } is expected',
  'element-or-end': 'a value or ] is expected',
  element: 'a value is expected',
  'after-element': 'a comma or ] is expected',
  end: 'nothing may follow the book',
} as const;
type State = keyof typeof EXPECTED;

/** A text that is being collected: a key, or a value up to its own closing bracket, quote or, for a bare word, to what follows it. */
interface Capture {
  readonly place: Place;
  readonly isBare: boolean;
  depth: number;
  keyCount: number;
  isInString: boolean;
  isEscaped: boolean;
  /** What came of it in the pieces before this one. */
  before: string;
  /** Where it goes on in this piece. */
  from: number;
}

/** How a captured text goes on at a character: it goes on, ends with it, or has ended before it. */
type Progress = 'goes-on' | 'ends-here' | 'ended-before';

function advance(capture: Capture, code: number): Progress {
  if (capture.isInString) {
    if (capture.isEscaped) capture.isEscaped = false;
    else if (code === BACKSLASH) capture.isEscaped = true;
    else if (code === QUOTE) {
      capture.isInString = false;
      if (capture.depth === 0) return 'ends-here';
    }
    return 'goes-on';
  }
  if (capture.isBare) return isSpace(code) || code === COMMA || isClosing(code) ? 'ended-before' : 'goes-on';
  if (code === QUOTE) capture.isInString = true;
  else if (code === COLON) capture.keyCount += 1;
  else if (isOpening(code)) capture.depth += 1;
  else if (isClosing(code)) {
    capture.depth -= 1;
    if (capture.depth === 0) return 'ends-here';
  }
  return 'goes-on';
}

/**
 * Takes a JSON object apart while it is read, without holding it: each member's value as text, and of one array (`streamed`) each element.
 * It finds where values begin and end; whether what stands there is JSON is for `JSON.parse` to say. No library that does so tells line and
 * column, or leaves an element's parsing to the engine, which is several times as fast.
 *
 * Errors: `InvalidInputError` BOOK with line and column; a key that stands twice among them.
 */
export class JsonScanner {
  private state: State = 'start';
  private line = START.line;
  /** Added to an index of this piece it gives the column. */
  private columnBase: number = START.column;
  private capture: Capture | undefined;
  private key = '';
  private index: number | undefined;
  /** Of the top object, so far. */
  readonly keys = new Set<string>();
  private found: ScannedValue[] = [];

  constructor(private readonly streamed: string) {}

  /** The next piece of the text, of any length. Returns what became whole with it. */
  push(piece: string): readonly ScannedValue[] {
    this.found = [];
    if (this.capture) this.capture.from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (this.capture) this.collect(this.capture, piece, at, code);
      else this.step(code, at);
      if (code === NEWLINE) {
        this.line += 1;
        this.columnBase = -at;
      }
    }
    if (this.capture) this.capture.before += piece.slice(this.capture.from);
    this.columnBase += piece.length;
    return this.found;
  }

  /** The text is over. Errors: `InvalidInputError` BOOK where the object was not closed. */
  end(): void {
    if (this.state !== 'end' || this.capture) throw this.refuse(0, 'the text ends before the book does');
  }

  private placeOf = (at: number): Place => ({ line: this.line, column: at + this.columnBase });

  private refuse(at: number, fault: string): InvalidInputError {
    return new InvalidInputError('BOOK', `${formatPlace(this.placeOf(at))}: this is not JSON (${fault})`);
  }

  private collect(capture: Capture, piece: string, at: number, code: number): void {
    const progress = advance(capture, code);
    if (progress === 'goes-on') return;
    const end = progress === 'ends-here' ? at + 1 : at;
    this.capture = undefined;
    this.take(capture, capture.before + piece.slice(capture.from, end), at);
    if (progress === 'ended-before') this.step(code, at);
  }

  private take(capture: Capture, text: string, at: number): void {
    if (this.state === 'key' || this.state === 'key-or-end') {
      this.key = this.readKey(text, at);
      this.state = 'colon';
      return;
    }
    const { place, keyCount } = capture;
    this.found.push({ key: this.key, index: this.index, text, place, keyCount });
    if (this.index === undefined) this.state = 'after-member';
    else {
      this.index += 1;
      this.state = 'after-element';
    }
  }

  private readKey(text: string, at: number): string {
    let key: unknown;
    try {
      key = JSON.parse(text);
    } catch {
      throw this.refuse(at, EXPECTED.key);
    }
    if (this.keys.has(String(key))) throw this.refuse(at, `${text} stands twice`);
    this.keys.add(String(key));
    return String(key);
  }

  private open(at: number, code: number): void {
    const opening = isOpening(code);
    this.capture = {
      place: this.placeOf(at),
      isBare: !opening && code !== QUOTE,
      depth: opening ? 1 : 0,
      keyCount: 0,
      isInString: code === QUOTE,
      isEscaped: false,
      before: '',
      from: at,
    };
  }

  private leaveArray(): void {
    this.index = undefined;
    this.state = 'after-member';
  }

  /** One character outside a captured text. */
  private step(code: number, at: number): void {
    if (isSpace(code) || (code === BOM && this.state === 'start')) return;
    const { state } = this;
    if (state === 'start' && code === OPEN_OBJECT) this.state = 'key-or-end';
    else if ((state === 'key' || state === 'key-or-end') && code === QUOTE) this.open(at, code);
    else if ((state === 'key-or-end' || state === 'after-member') && code === CLOSE_OBJECT) this.state = 'end';
    else if (state === 'colon' && code === COLON) this.state = 'value';
    else if (state === 'value' && code === OPEN_ARRAY && this.key === this.streamed) {
      this.index = 0;
      this.state = 'element-or-end';
    } else if ((state === 'element-or-end' || state === 'after-element') && code === CLOSE_ARRAY) this.leaveArray();
    else if (state === 'after-element' && code === COMMA) this.state = 'element';
    else if (state === 'after-member' && code === COMMA) this.state = 'key';
    else if (this.awaitsValue() && code !== COMMA && code !== COLON && !isClosing(code)) this.open(at, code);
    else throw this.refuse(at, EXPECTED[state]);
  }

  private awaitsValue(): boolean {
    return this.state === 'value' || this.state === 'element' || this.state === 'element-or-end';
  }
}
