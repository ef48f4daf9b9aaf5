// What a catalogue makes of a fact: the words for the timetable, and the sentence.

export type Wording = readonly [title: string, sentence: string];

/** The first letter as a capital, where it is an article's: names of objects keep theirs. */
export function capital(text: string): string {
  return /^(the |le |la |l’)/.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
}
