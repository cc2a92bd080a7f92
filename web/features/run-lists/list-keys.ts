import { useShortcuts } from '../../lib/hooks.ts'

/** `j` and `k` walk through the links of all lists on the page; Enter is the link's own. */
export function useListKeys(): void {
  const move = (step: number) => {
    const links = [...document.querySelectorAll<HTMLElement>('[data-list] a')]
    const place = links.indexOf(document.activeElement as HTMLElement)
    links[Math.min(links.length - 1, Math.max(0, place + step))]?.focus()
  }
  useShortcuts([
    { keys: 'j', title: 'Next run', group: 'Runs', run: () => move(1) },
    { keys: 'k', title: 'Previous run', group: 'Runs', run: () => move(-1) },
  ])
}
