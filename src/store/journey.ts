// A trace as lines and stops: D finds the address, A sends the request, R brings the answer back.
// Every step is one stop, so the playhead's integer is also the number of the stop (counted from 0).

import type { SentRequest } from '../engine/index';

export type TraceStep = SentRequest['told']['trace']['steps'][number];

export type Letter = 'D' | 'A' | 'R';

/** How a stop is drawn. `change`: an address of the packet is rewritten. `halt`: refused or lost. */
export type StopShape = 'terminus' | 'station' | 'change' | 'halt';

export interface Stop {
  readonly step: number;
  readonly line: Letter;
  readonly shape: StopShape;
  /** Milliseconds that the playhead rests here at speed 1. */
  readonly duration: number;
}

export interface Line {
  readonly letter: Letter;
  /** Indices of the first and the last step. */
  readonly first: number;
  readonly last: number;
}

export interface Journey {
  readonly lines: readonly Line[];
  readonly stops: readonly Stop[];
}

export const NO_JOURNEY: Journey = { lines: [], stops: [] };

export function letterOf(step: TraceStep): Letter {
  if (step.at.purpose === 'dns') return 'D';
  return step.at.direction === 'original' ? 'A' : 'R';
}

export function journeyOf(steps: readonly TraceStep[]): Journey {
  const lines = linesOf(steps);
  const ends = new Set(lines.flatMap((line) => [line.first, line.last]));
  const stops = steps.map((step, index) => {
    const shape = shapeOf(step, ends.has(index));
    return { step: index, line: letterOf(step), shape, duration: shape === 'change' ? 1100 : shape === 'halt' ? 900 : 520 };
  });
  return { lines, stops };
}

function linesOf(steps: readonly TraceStep[]): readonly Line[] {
  const lines: Line[] = [];
  steps.forEach((step, index) => {
    const letter = letterOf(step);
    const open = lines.at(-1);
    if (open?.letter === letter) lines[lines.length - 1] = { ...open, last: index };
    else lines.push({ letter, first: index, last: index });
  });
  return lines;
}

function shapeOf(step: TraceStep, end: boolean): StopShape {
  if (step.kind === 'dropped' || step.kind === 'rejected') return 'halt';
  if (rewrites(step)) return 'change';
  return end || isProgram(step) ? 'terminus' : 'station';
}

/** Whether the step gives the packet another address. */
export function rewrites(step: TraceStep): boolean {
  return step.kind === 'hook-passed' && step.translations.length > 0;
}

function isProgram(step: TraceStep): boolean {
  return step.kind === 'sent' || step.kind === 'delivered' || step.kind === 'received' || step.kind === 'concluded';
}

/** The next stop behind `from` where the packet changes or halts; null where there is none. */
export function nextChange(journey: Journey, from: number): number | null {
  return journey.stops.find((stop) => stop.step > from && (stop.shape === 'change' || stop.shape === 'halt'))?.step ?? null;
}

/** Where a new reader begins: the choice of the Service on the request's way, else the first change, else the start. */
export function tellingStep(steps: readonly TraceStep[]): number {
  const rewritten = steps.findIndex((step) => letterOf(step) === 'A' && rewrites(step));
  const halted = steps.findIndex((step) => step.kind === 'dropped' || step.kind === 'rejected');
  return Math.max(0, halted >= 0 ? halted : rewritten >= 0 ? rewritten : 0);
}
