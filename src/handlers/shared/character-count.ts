/** Returns the number of characters, without a copy of the text: it can have megabytes. */
export function characterCount(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += isHighSurrogate(text, index) ? 2 : 1) count++;
  return count;
}

function isHighSurrogate(text: string, index: number): boolean {
  return (text.codePointAt(index) ?? 0) > 0xffff;
}
