import type { Tone } from '../../ui/status.tsx'

type Status = 'OK' | 'DEGRADED' | 'DOWN'
const looks: Record<Status, { word: string; tone: Tone; path: string }> = {
  OK: { word: 'in order', tone: 'good', path: 'M3.5 8.5l3 3 6-7' },
  DEGRADED: { word: 'not as it should be', tone: 'wait', path: 'M8 2.3 14.3 13H1.7zM8 6.5v3.2M8 11.4h.01' },
  DOWN: { word: 'away', tone: 'bad', path: 'M4 4l8 8M12 4l-8 8' },
}

export const checkWord = (status: Status): string => looks[status].word

export function CheckMark({ status, size = 16 }: { status: Status; size?: number }) {
  const { word, tone, path } = looks[status]
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" role="img" aria-label={word} data-tone={tone}>
      <path d={path} stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
