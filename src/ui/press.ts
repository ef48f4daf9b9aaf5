// What is drawn and is a button is pressed by key as one is.

import type { KeyboardEvent } from 'react';

/** Enter and the space bar press it, and mean nothing else on the page: the space bar also plays the journey. */
export function pressing(press: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    press();
  };
}
