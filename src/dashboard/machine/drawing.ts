import type { OutlinedState, OutlinedTransition } from "tenuto";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A state, with the corner of its box. */
export interface Box extends Point {
  readonly state: OutlinedState;
  readonly width: number;
  readonly height: number;
}

/** A line of an arrow's label: the transition that it is about. */
export interface ArrowLine {
  readonly text: string;
  readonly transition: OutlinedTransition;
}

/** An arrow for all transitions with the same ends. */
export interface Arrow {
  readonly points: readonly Point[];
  readonly lines: readonly ArrowLine[];
  /** The middle of its label. */
  readonly label?: Point;
}

/** What is drawn, in pixels. Frames come before what is in them. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  /** The dots from which the arrows to the first states come. */
  readonly starts: readonly Point[];
}

/** Sizes that the layout and the drawing agree on. */
export const sizes = {
  box: 36,
  boxPadding: 14,
  title: 30,
  framePadding: 14,
  start: 12,
  line: 16,
  labelPadding: 5,
  stateFont: 14,
  labelFont: 12,
} as const;

const mostCharacters = 40;

/** A text as it is drawn: a long one is cut. */
export function short(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
