// Text broken at blanks so that no line is longer than it may be; a word that is longer stands alone. Line breaks of the text stay.

export function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrappedLine(line, width))
    .join('\n');
}

function wrappedLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let open: string | null = null;
  for (const word of line.split(' ')) {
    if (open !== null && open.length + 1 + word.length > width) {
      lines.push(open);
      open = word;
    } else open = open === null ? word : `${open} ${word}`;
  }
  return [...lines, open ?? ''];
}
