/** Whether a book's text is JSON: that begins with a bracket, a CSV's head line with a column's name. Example: `isJsonBook(' {"version": 1')` is true. */
export const isJsonBook = (text: string): boolean => /^\uFEFF?\s*[{[]/.test(text);
