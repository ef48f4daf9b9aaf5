// A list that keeps its current row in view.

/** Scrolls the list alone: on a narrow page it does not scroll by itself, and the plan above it must stay in view. */
export function keepInView(list: Element, row: Element): void {
  const [frame, place] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
  if (place.top < frame.top) list.scrollTop -= frame.top - place.top;
  if (place.bottom > frame.bottom) list.scrollTop += place.bottom - frame.bottom;
}
