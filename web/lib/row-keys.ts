import { useShortcuts } from './hooks.ts'

/** `j` and `k` walk through the links that rows begin with, marked `data-row`; Enter is the link's own. `noun`: of a row. */
export function useRowKeys(noun: string, group: string): void {
  const move = (step: number) => {
    const links = [...document.querySelectorAll<HTMLElement>('[data-row]')]
    const place = links.indexOf(document.activeElement as HTMLElement)
    links[Math.min(links.length - 1, Math.max(0, place + step))]?.focus()
  }
  useShortcuts([
    { keys: 'j', title: `Next ${noun}`, group, run: () => move(1) },
    { keys: 'k', title: `Previous ${noun}`, group, run: () => move(-1) },
  ])
}
