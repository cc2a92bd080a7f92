/** Icons of 16 px, drawn with one stroke in the colour of the text. They decorate: words say the same beside them. */
const paths = {
  home: 'M2.5 7.2 8 2.8l5.5 4.4v5.3a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zM6.3 13.4V9.3h3.4v4.1',
  folder: 'M2 4.5a1 1 0 0 1 1-1h3.2l1.5 1.6H13a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1z',
  graph: 'M2.5 6.5h3v3h-3zM10.5 2.8h3v3h-3zM10.5 10.2h3v3h-3zM5.5 8h2.3M7.8 4.3h2.7M7.8 11.7h2.7M7.8 4.3v7.4',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01',
  events: 'M3.5 2.5v11M3.5 4.5h9M3.5 8h6M3.5 11.5h7.5',
  file: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3',
  play: 'M5 3.2 12.2 8 5 12.8z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  stop: 'M4 4h8v8H4z',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7L13 5.8M13 2.6v3.2H9.8',
  plus: 'M8 3v10M3 8h10',
  search: 'M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM10.7 10.7 14 14',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3.5 8.5l3 3 6-7',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  down: 'M8 3v10M3.8 8.8 8 13l4.2-4.2',
  up: 'M8 13V3M3.8 7.2 8 3l4.2 4.2',
  download: 'M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13.2h10',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  keyboard: 'M2 4.5h12v7H2zM4.5 7h.01M7 7h.01M9.5 7h.01M11.7 7h.01M5 9.3h6',
  sun: 'M8 10.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13 9.3A5.4 5.4 0 0 1 6.7 3 5.4 5.4 0 1 0 13 9.3z',
  system: 'M2 3.5h12v7.5H2zM6 13.5h4M8 11v2.5',
  link: 'M6.5 9.5l3-3M7.3 4.7l1.2-1.2a2.8 2.8 0 0 1 4 4l-1.2 1.2M8.7 11.3l-1.2 1.2a2.8 2.8 0 0 1-4-4l1.2-1.2',
  external: 'M6 3.5H3.5v9h9V10M9 2.5h4.5V7M13.2 2.8 7.5 8.5',
  warning: 'M8 2.3 14.3 13H1.7zM8 6.5v3.2M8 11.4h.01',
  branch: 'M4.5 3.5v9M11.5 3.5v2a2.5 2.5 0 0 1-2.5 2.5H7a2.5 2.5 0 0 0-2.5 2.5',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  fit: 'M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3',
  minus: 'M3 8h10',
  layers: 'M8 2.2 14 5.4 8 8.6 2 5.4zM2 8.4l6 3.2 6-3.2M2 11l6 3.2 6-3.2',
  terminal: 'M2 3h12v10H2zM4.5 6l2 2-2 2M8 10.2h3.2',
  inbox: 'M2 9.2 4 3.5h8l2 5.7v3.3H2zM2 9.2h3.4l1 1.7h3.2l1-1.7H14',
  ask: 'M5.6 6a2.4 2.4 0 1 1 3.5 2.1c-.7.4-1.1.9-1.1 1.7M8 12.3h.01',
  coin: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM9.9 6.2c-.3-.6-1-1-1.9-1-1.1 0-1.9.5-1.9 1.4 0 2 3.9.9 3.9 2.9 0 .9-.9 1.4-2 1.4-1 0-1.7-.4-2-1.1M8 4.2v7.6',
  chip: 'M4.5 4.5h7v7h-7zM6.5 2.5v2M9.5 2.5v2M6.5 11.5v2M9.5 11.5v2M2.5 6.5h2M2.5 9.5h2M11.5 6.5h2M11.5 9.5h2',
  key: 'M6 10.5a3 3 0 1 1 2.2-5l5.3 0v2.2h-1.6v1.7H9.8V8.2h-1A3 3 0 0 1 6 10.5zM5.6 7.5h.01',
  chat: 'M2.5 3.5h11v7.5H7.2L4.2 13.4V11H2.5z',
  team: 'M5.6 7.2a2.1 2.1 0 1 0 0-4.2 2.1 2.1 0 0 0 0 4.2zM1.8 13c0-2.2 1.7-3.7 3.8-3.7S9.4 10.8 9.4 13M10.6 7.2a1.9 1.9 0 1 0 0-3.8M11.2 9.4c1.8.2 3 1.6 3 3.6',
  gauge: 'M2.5 11.5a5.8 5.8 0 1 1 11 0M8 10.2 10.6 6.4',
  pulse: 'M1.8 8h2.9l1.8-4.6 2.9 9.2L11.2 8h3',
  gear: 'M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 1.8v1.9M8 12.3v1.9M1.8 8h1.9M12.3 8h1.9M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4',
  bell: 'M3.5 11.5h9l-1.2-1.8V7a3.3 3.3 0 0 0-6.6 0v2.7zM6.7 13.5h2.6',
  exit: 'M6 2.5H3v11h3M10 5l3 3-3 3M13 8H6.5',
  attach: 'M11.5 7.3 7.6 11.2a2.3 2.3 0 0 1-3.3-3.3l4.6-4.6a1.6 1.6 0 0 1 2.3 2.3L6.7 10',
  send: 'M8 13V3.2M3.8 7.2 8 3l4.2 4.2',
  star: 'M8 2.2 9.7 6l4.1.4-3.1 2.7.9 4L8 11l-3.6 2.1.9-4-3.1-2.7L6.3 6z',
  wand: 'M2.8 13.2 9.5 6.5M11.5 2v2.4M11.5 6.6V9M8.9 4.5h.9M13.2 4.5h.9M9.8 2.8l.6.6M12.7 5.7l.6.6M13.2 2.8l-.6.6',
} as const
export type IconName = keyof typeof paths

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" aria-hidden="true" focusable="false">
      <path d={paths[name]} stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}

/** The mark: bodies on their orbits. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="13" stroke="var(--line-strong)" strokeWidth="1.6" />
      <circle cx="16" cy="16" r="7.5" stroke="var(--text-muted)" strokeWidth="1.6" />
      <circle cx="16" cy="16" r="3" fill="var(--brass)" />
      <circle cx="25.2" cy="6.8" r="3" fill="var(--text)" />
      <circle cx="9.2" cy="19" r="2.2" fill="var(--text)" />
    </svg>
  )
}
