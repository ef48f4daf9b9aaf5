// The few pictograms of the interface, drawn on a grid of 16. They never carry meaning alone: a name stands beside or in the label.

const OUTLINES = {
  arrow: 'M2 8H13M9 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  cross: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  dash: 'M5 8h6',
  sun: 'M8 1v2M8 13v2M1 8h2M13 8h2M3.1 3.1l1.4 1.4M11.5 11.5l1.4 1.4M12.9 3.1l-1.4 1.4M4.5 11.5l-1.4 1.4M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z',
  prompt: 'M2.5 4l4 4-4 4M8.5 12.5H14',
  clock: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M8 4.5V8l2.5 2',
  undo: 'M6 3L2.5 6.5L6 10M3 6.5h6.5a4 4 0 0 1 0 7H7',
  redo: 'M10 3l3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 7H9',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
} as const;

const SOLIDS = {
  play: 'M4 2l10 6-10 6z',
  pause: 'M3 2h3.5v12H3zM9.5 2H13v12H9.5z',
  back: 'M12 2v12L5 8zM3 2h2v12H3z',
  forward: 'M4 2v12l7-6zM11 2h2v12h-2z',
} as const;

type OutlineName = keyof typeof OUTLINES;
type SolidName = keyof typeof SOLIDS;

export function Icon({ name }: { readonly name: OutlineName | SolidName }) {
  const solid = name in SOLIDS;
  const path = { ...OUTLINES, ...SOLIDS }[name];
  return (
    <svg className={solid ? 'icon solid' : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
